import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { acknowledgeAlert, acknowledgeAlerts } from "~/features/alerts/acknowledge-alert.server";
import type { Actor } from "~/features/audit-log/record-event";
import { startOwnImport } from "~/features/labels/travel/import/start-import.server";
import { probeStore } from "~/features/storage/read-abilities.server";
import type { Ports } from "~/ports/index.server";
import { answerForm } from "~/web/forms/answer-form.server";

const id = z.coerce.number().int().positive();
const intents = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("acknowledge"), alertId: id }),
  /** Up to the newest alert that the page knew of. */
  z.object({ intent: z.literal("acknowledge-all"), upToId: id }),
  z.object({ intent: z.literal("probe-store") }),
  z.object({ intent: z.literal("plan-label-import") }),
]);

type Form = z.infer<typeof intents>;

/** What the buttons of the overview ask for, then back to it, which says what was done; a plan is led to. */
export function actOnOverview(args: ActionFunctionArgs): Promise<Response> {
  return answerForm(args, { role: "operator", schema: intents, page: "/" }, async ({ form, actor, ports, back }) => {
    if (form.intent !== "plan-label-import") return back(await act(ports, form, actor));
    const { runId } = await startOwnImport(ports, { actor });
    return redirect(`/job-runs/${runId}`);
  });
}

/** @returns what was done, as a sentence */
async function act(ports: Ports, form: Exclude<Form, { intent: "plan-label-import" }>, actor: Actor): Promise<string> {
  switch (form.intent) {
    case "acknowledge":
      await acknowledgeAlert(ports, { alertId: form.alertId, actor });
      return "The alert is acknowledged.";
    case "acknowledge-all":
      return `${await acknowledgeAlerts(ports, { upToId: form.upToId, actor })} alerts are acknowledged.`;
    case "probe-store":
      await probeStore(ports, { actor });
      return "The store was probed.";
  }
}
