import { type AppLoadContext, redirect } from "@remix-run/node";
import { z } from "zod";
import { applyRun } from "~/features/job-runs/apply-run.server";
import { cancelRun } from "~/features/job-runs/cancel-run.server";
import { redirectWithFlash } from "./flash.server";
import { respondToError } from "./respond-to-error.server";

const intents = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("apply"), planHash: z.string() }),
  z.object({ intent: z.literal("cancel") }),
]);

/**
 * What the buttons of a run's page ask for, whatever its kind, then back to that page. A refusal (someone else was
 * quicker) is no broken page: it is said there, beside what the run has become.
 */
export async function actOnRun(
  { request, context }: { request: Request; context: AppLoadContext },
  run: { runId: number; page: string },
): Promise<Response> {
  const form = intents.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw new Response("A run can be applied or cancelled.", { status: 400 });
  try {
    if (form.data.intent === "cancel") await cancelRun(context.ports, run);
    else await applyRun(context.ports, { runId: run.runId, planHash: form.data.planHash });
    return redirect(run.page);
  } catch (error) {
    const refusal = respondToError(error);
    if (!refusal) throw error;
    return redirectWithFlash(context, run.page, { tone: "bad", text: await refusal.text() });
  }
}
