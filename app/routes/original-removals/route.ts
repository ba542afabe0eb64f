import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { removal } from "~/features/conversion/originals/removal";
import { removeOriginals } from "~/features/conversion/originals/remove-originals";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { answerForm } from "~/web/forms/answer-form.server";

const schema = removal.extend({ runId: z.coerce.number().pipe(removal.shape.runId) });

/** Plans the removal of what a conversion kept, and leads to the plan. */
export function action(args: ActionFunctionArgs) {
  const page = () => "/job-runs";
  return answerForm(args, { role: "operator", schema, page }, async ({ form, actor, ports }) => {
    const { runId } = await startRun(ports, removeOriginals, { payload: form, actor });
    return redirect(`/job-runs/${runId}`);
  });
}
