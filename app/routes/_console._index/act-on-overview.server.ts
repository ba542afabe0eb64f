import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { acknowledgeAlert, acknowledgeAlerts } from "~/features/alerts/acknowledge-alert.server";
import type { Actor } from "~/features/audit-log/record-event";
import { probeStore } from "~/features/storage/read-abilities.server";
import type { Ports } from "~/ports/index.server";
import { answerForm } from "~/web/forms/answer-form.server";

const id = z.coerce.number().int().positive();
const intents = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("acknowledge"), alertId: id }),
  /** Up to the newest alert that the page knew of. */
  z.object({ intent: z.literal("acknowledge-all"), upToId: id }),
  z.object({ intent: z.literal("probe-store") }),
]);

/** What the buttons of the overview ask for, then back to it; it says what was done. */
export function actOnOverview(args: ActionFunctionArgs): Promise<Response> {
  return answerForm(args, { role: "operator", schema: intents, page: "/" }, async ({ form, actor, ports, back }) =>
    back(await act(ports, form, actor)),
  );
}

/** @returns what was done, as a sentence */
async function act(ports: Ports, form: z.infer<typeof intents>, actor: Actor): Promise<string> {
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
