import type { AppLoadContext } from "@remix-run/node";
import { z } from "zod";
import { acknowledgeAlert, acknowledgeAlerts } from "~/features/alerts/acknowledge-alert.server";
import type { Actor } from "~/features/audit-log/record-event";
import { actorOf } from "./actor-of";
import { redirectWithFlash } from "./flash.server";
import { requireOperator } from "./operator-session.server";
import { readForm } from "./read-form.server";
import { refuseOnPage } from "./refuse-on-page.server";

const id = z.coerce.number().int().positive();
const intents = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("acknowledge"), alertId: id }),
  /** Up to the newest alert that the page knew of. */
  z.object({ intent: z.literal("acknowledge-all"), upToId: id }),
]);

/** Closes the alert or alerts that a form names, then back to `page`, which says so or why not. */
export async function acknowledge(
  { request, context }: { request: Request; context: AppLoadContext },
  page: string,
): Promise<Response> {
  const actor = actorOf(await requireOperator({ request, context }, "operator"));
  const form = await readForm(request, intents);
  return refuseOnPage(context, page, async () =>
    redirectWithFlash(context, page, { tone: "good", text: await act(context, form, actor) }),
  );
}

/** @returns what was done, as a sentence */
async function act({ ports }: AppLoadContext, form: z.infer<typeof intents>, actor: Actor): Promise<string> {
  if (form.intent === "acknowledge") {
    await acknowledgeAlert(ports, { alertId: form.alertId, actor });
    return "The alert is acknowledged.";
  }
  return `${await acknowledgeAlerts(ports, { upToId: form.upToId, actor })} alerts are acknowledged.`;
}
