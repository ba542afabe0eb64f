import { type AppLoadContext, redirect } from "@remix-run/node";
import { z } from "zod";
import { requireAlone } from "~/features/attribute-groups/actions/require-alone.server";
import { jobDefinitions } from "~/features/job-definitions";
import { applyRun } from "~/features/job-runs/apply-run.server";
import { retryFailed } from "~/features/job-runs/retry-failed.server";
import { cancelRun, pauseRun, resumeRun } from "~/features/job-runs/steer-run.server";
import { undoRun } from "~/features/job-runs/undo-run.server";
import { actorOf } from "./actor-of";
import { redirectWithFlash } from "./flash.server";
import { requireOperator } from "./operator-session.server";
import { readForm } from "./read-form.server";
import { respondToError } from "./respond-to-error.server";

const intents = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("apply"), planHash: z.string() }),
  z.object({ intent: z.literal("pause") }),
  z.object({ intent: z.literal("resume") }),
  z.object({ intent: z.literal("cancel") }),
  z.object({ intent: z.literal("retry"), errorClass: z.string().optional() }),
  z.object({ intent: z.literal("undo") }),
]);

/**
 * What the buttons of a run's page ask for, whatever its kind, then back to that page (or to the page of the undo). A
 * refusal (someone else was quicker) is no broken page: it is said there, beside what the run has become.
 */
export async function actOnRun(
  { request, context }: { request: Request; context: AppLoadContext },
  run: { runId: number; page: string },
): Promise<Response> {
  const operator = await requireOperator({ request, context }, "operator");
  const form = await readForm(request, intents);
  try {
    return redirect(await act(context, form, { runId: run.runId, actor: actorOf(operator) }, run.page));
  } catch (error) {
    const refusal = respondToError(error);
    if (!refusal) throw error;
    return redirectWithFlash(context, run.page, { tone: "bad", text: await refusal.text() });
  }
}

/** @returns the page to go on with */
async function act(
  { ports }: AppLoadContext,
  form: z.infer<typeof intents>,
  command: Parameters<typeof pauseRun>[1],
  page: string,
): Promise<string> {
  switch (form.intent) {
    case "apply":
      await applyRun(ports, { ...command, planHash: form.planHash, within: requireAlone });
      return page;
    case "pause":
      await pauseRun(ports, command);
      return page;
    case "resume":
      await resumeRun(ports, command);
      return page;
    case "cancel":
      await cancelRun(ports, command);
      return page;
    case "retry":
      await retryFailed(ports, { ...command, errorClass: form.errorClass, within: requireAlone });
      return page;
    case "undo":
      return `/job-runs/${(await undoRun(ports, jobDefinitions, command)).runId}`;
  }
}
