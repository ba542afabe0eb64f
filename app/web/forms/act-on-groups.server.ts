import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { type GroupActionRequest, pickedKeys } from "~/features/attribute-groups/actions/group-actions";
import { startGroupAction } from "~/features/attribute-groups/actions/start-group-action.server";
import { ignoreFinding, stopIgnoringFinding } from "~/features/attribute-groups/findings/ignore-finding.server";
import type { Actor } from "~/features/audit-log/record-event";
import type { Ports } from "~/ports/index.server";
import { askedRoot } from "~/web/asked-root.server";
import { answerForm } from "./answer-form.server";

const intent = <const Name extends string>(name: Name) => ({ intent: z.literal(name) });
const text = z.string().min(1);
const findingId = z.coerce.number().int().positive();

const intents = z.discriminatedUnion("intent", [
  z.object({ ...intent("rename"), group: text, name: z.string() }),
  z.object({ ...intent("merge"), group: text, into: text }),
  z.object({ ...intent("move"), keys: pickedKeys, to: text }),
  z.object({ ...intent("quarantine"), keys: pickedKeys }),
  z.object({ ...intent("set-reference"), key: text }),
  z.object({ ...intent("ignore"), findingId, reason: z.string() }),
  z.object({ ...intent("stop-ignoring"), findingId }),
]);

/**
 * What the forms on the pages of attribute groups ask for, of the root that the page shows. An action leads to its plan,
 * what concerns a finding back to the page.
 */
export function actOnGroups(args: ActionFunctionArgs): Promise<Response> {
  const url = new URL(args.request.url);
  // Remix marks the address of an index route so.
  url.searchParams.delete("index");
  const page = `${url.pathname}${url.search}`;
  return answerForm(
    args,
    { role: "operator", schema: intents, lists: ["keys"], page },
    async ({ form, actor, ports, back }) => {
      if (form.intent === "ignore" || form.intent === "stop-ignoring") return back(await setAside(ports, form, actor));
      const { root } = await askedRoot(url.searchParams);
      return redirect(`/job-runs/${(await startGroupAction(ports, toAction(form, root.name), actor)).runId}`);
    },
  );
}

type Form = z.infer<typeof intents>;
type FindingForm = Extract<Form, { intent: "ignore" | "stop-ignoring" }>;

function toAction(form: Exclude<Form, FindingForm>, root: string): GroupActionRequest {
  switch (form.intent) {
    case "rename":
      return { kind: "rename-group", root, group: form.group, name: form.name };
    case "merge":
      return { kind: "merge-groups", root, group: form.group, into: form.into };
    case "move":
      return { kind: "move-images", root, keys: form.keys, to: form.to };
    case "quarantine":
      return { kind: "quarantine-objects", root, keys: form.keys };
    case "set-reference":
      return { kind: "set-reference", root, key: form.key };
  }
}

/** @returns what has been done, as a sentence */
async function setAside(ports: Ports, form: FindingForm, actor: Actor): Promise<string> {
  const { findingId } = form;
  if (form.intent === "ignore") {
    await ignoreFinding(ports, { findingId, reason: form.reason, actor });
    return "The finding is ignored until it closes.";
  }
  await stopIgnoringFinding(ports, { findingId, actor });
  return "The finding counts again.";
}
