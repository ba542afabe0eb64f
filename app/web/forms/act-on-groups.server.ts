import { type AppLoadContext, redirect } from "@remix-run/node";
import { z } from "zod";
import { type GroupActionRequest, pickedKeys } from "~/features/attribute-groups/actions/group-actions";
import { startGroupAction } from "~/features/attribute-groups/actions/start-group-action.server";
import { ignoreFinding, stopIgnoringFinding } from "~/features/attribute-groups/findings/ignore-finding.server";
import type { Actor } from "~/features/audit-log/record-event";
import { redirectWithFlash } from "~/web/flash.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { actorOf } from "./actor-of";
import { readForm } from "./read-form.server";
import { refuseOnPage } from "./refuse-on-page.server";

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
 * What the forms on the pages of attribute groups ask for. An action leads to its plan; what concerns a finding leads
 * back to the page, and so does a refusal, which is said there.
 */
export async function actOnGroups(
  { request, context }: { request: Request; context: AppLoadContext },
  { root, page }: { root: string; page: string },
): Promise<Response> {
  const actor = actorOf(await requireOperator({ request, context }, "operator"));
  const form = await readForm(request, intents, { lists: ["keys"] });
  return refuseOnPage(context, page, async () => {
    if (form.intent === "ignore" || form.intent === "stop-ignoring") {
      return redirectWithFlash(context, page, { tone: "good", text: await setAside(context, form, actor) });
    }
    const { runId } = await startGroupAction(context.ports, toAction(form, root), actor);
    return redirect(`/job-runs/${runId}`);
  });
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
async function setAside({ ports }: AppLoadContext, form: FindingForm, actor: Actor): Promise<string> {
  const { findingId } = form;
  if (form.intent === "ignore") {
    await ignoreFinding(ports, { findingId, reason: form.reason, actor });
    return "The finding is ignored until it closes.";
  }
  await stopIgnoringFinding(ports, { findingId, actor });
  return "The finding counts again.";
}
