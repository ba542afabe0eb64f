import type { AppLoadContext } from "@remix-run/node";
import { z } from "zod";
import { acknowledgeAlert, acknowledgeAlerts } from "~/features/alerts/acknowledge-alert.server";
import type { Actor } from "~/features/audit-log/record-event";
import { probeStore } from "~/features/storage/read-abilities.server";
import { redirectWithFlash } from "~/web/flash.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { actorOf } from "./actor-of";
import { readForm } from "./read-form.server";
import { refuseOnPage } from "./refuse-on-page.server";

const PAGE = "/";

const id = z.coerce.number().int().positive();
const intents = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("acknowledge"), alertId: id }),
  /** Up to the newest alert that the page knew of. */
  z.object({ intent: z.literal("acknowledge-all"), upToId: id }),
  z.object({ intent: z.literal("probe-store") }),
]);

/** What the buttons of the overview ask for, then back to it; it says what was done, or why not. */
export async function actOnOverview({
  request,
  context,
}: {
  request: Request;
  context: AppLoadContext;
}): Promise<Response> {
  const actor = actorOf(await requireOperator({ request, context }, "operator"));
  const form = await readForm(request, intents);
  return refuseOnPage(context, PAGE, async () =>
    redirectWithFlash(context, PAGE, { tone: "good", text: await act(context, form, actor) }),
  );
}

/** @returns what was done, as a sentence */
async function act({ ports }: AppLoadContext, form: z.infer<typeof intents>, actor: Actor): Promise<string> {
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
