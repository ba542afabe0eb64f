import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { groupActionForm, toGroupAction } from "~/features/attribute-groups/actions/group-actions.server";
import { startGroupAction } from "~/features/attribute-groups/actions/start-group-action.server";
import { ignoreFinding, stopIgnoringFinding } from "~/features/attribute-groups/findings/ignore-finding.server";
import { askedRoot } from "~/web/asked-root.server";
import { answerForm } from "./answer-form.server";

const findingId = z.coerce.number().int().positive();

const findingForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("ignore"), findingId, reason: z.string() }),
  z.object({ intent: z.literal("stop-ignoring"), findingId }),
]);

const schema = z.union([findingForm, groupActionForm]);

/**
 * What the forms on the pages of attribute groups ask for, of the root that the page shows. An action leads to its plan,
 * what concerns a finding back to the page.
 */
export function actOnGroups(args: ActionFunctionArgs): Promise<Response> {
  const url = new URL(args.request.url);
  // Remix marks the address of an index route so.
  url.searchParams.delete("index");
  const page = `${url.pathname}${url.search}`;
  return answerForm(args, { role: "operator", schema, lists: ["keys"], page }, async ({ form, actor, ports, back }) => {
    if ("kind" in form) {
      const { root } = await askedRoot(url.searchParams);
      const action = toGroupAction(form.kind, { ...form.fields, root: root.name });
      return redirect(`/job-runs/${(await startGroupAction(ports, action, actor)).runId}`);
    }
    switch (form.intent) {
      case "ignore":
        await ignoreFinding(ports, { findingId: form.findingId, reason: form.reason, actor });
        return back("The finding is ignored until it closes.");
      case "stop-ignoring":
        await stopIgnoringFinding(ports, { findingId: form.findingId, actor });
        return back("The finding counts again.");
    }
  });
}
