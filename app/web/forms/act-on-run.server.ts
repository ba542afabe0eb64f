import { redirect } from "@remix-run/node";
import { z } from "zod";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import { cancelRun, pauseRun, resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import type { Asked } from "./answer-form.server";

/** What the buttons of a run's page ask for, whatever its kind. */
export const runIntents = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("apply"), planHash: z.string(), acceptsRisk: z.literal("yes").optional() }),
  z.object({ intent: z.literal("pause") }),
  z.object({ intent: z.literal("resume") }),
  z.object({ intent: z.literal("cancel") }),
  z.object({ intent: z.literal("retry"), errorClass: z.string().optional() }),
  z.object({ intent: z.literal("undo") }),
]);

/** Does what one of these buttons asks for, then back to the run's page, or on to that of the undo. */
export async function actOnRun(
  { form, actor, ports, back }: Asked<z.infer<typeof runIntents>>,
  runId: number,
): Promise<Response> {
  const command = { runId, actor };
  switch (form.intent) {
    case "apply":
      await applyRun(ports, jobKinds, {
        ...command,
        planHash: form.planHash,
        acceptsRisk: form.acceptsRisk === "yes",
      });
      return back();
    case "pause":
      await pauseRun(ports, command);
      return back();
    case "resume":
      await resumeRun(ports, command);
      return back();
    case "cancel":
      await cancelRun(ports, command);
      return back();
    case "retry":
      await retryFailed(ports, jobKinds, { ...command, errorClass: form.errorClass });
      return back();
    case "undo":
      return redirect(`/job-runs/${(await undoRun(ports, jobKinds, command)).runId}`);
  }
}
