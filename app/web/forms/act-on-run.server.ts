import { type AppLoadContext, redirect } from "@remix-run/node";
import { z } from "zod";
import { requireAlone } from "~/features/attribute-groups/actions/require-alone.server";
import { jobDefinitions } from "~/features/job-definitions";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import { cancelRun, pauseRun, resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { actorOf } from "./actor-of";
import { readForm } from "./read-form.server";
import { refuseOnPage } from "./refuse-on-page.server";

const intents = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("apply"), planHash: z.string(), acceptsRisk: z.literal("yes").optional() }),
  z.object({ intent: z.literal("pause") }),
  z.object({ intent: z.literal("resume") }),
  z.object({ intent: z.literal("cancel") }),
  z.object({ intent: z.literal("retry"), errorClass: z.string().optional() }),
  z.object({ intent: z.literal("undo") }),
]);

/**
 * What the buttons of a run's page ask for, whatever its kind, then back to that page (or to the page of the undo).
 */
export async function actOnRun(
  { request, context }: { request: Request; context: AppLoadContext },
  run: { runId: number; page: string },
): Promise<Response> {
  const operator = await requireOperator({ request, context }, "operator");
  const form = await readForm(request, intents);
  return refuseOnPage(context, run.page, async () =>
    redirect(await act(context, form, { runId: run.runId, actor: actorOf(operator) }, run.page)),
  );
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
      await applyRun(ports, {
        ...command,
        planHash: form.planHash,
        acceptsRisk: form.acceptsRisk === "yes",
        within: requireAlone,
      });
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
