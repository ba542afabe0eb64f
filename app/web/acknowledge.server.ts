import type { AppLoadContext } from "@remix-run/node";
import { z } from "zod";
import { acknowledgeAlert } from "~/features/alerts/acknowledge-alert.server";
import { actorOf } from "./actor-of";
import { redirectWithFlash } from "./flash.server";
import { requireOperator } from "./operator-session.server";
import { readForm } from "./read-form.server";
import { respondToError } from "./respond-to-error.server";

const fields = z.object({ intent: z.literal("acknowledge"), alertId: z.coerce.number().int().positive() });

/** Closes the alert that a form names, then back to `page`, which says so or why not. */
export async function acknowledge(
  { request, context }: { request: Request; context: AppLoadContext },
  page: string,
): Promise<Response> {
  const actor = actorOf(await requireOperator({ request, context }, "operator"));
  const { alertId } = await readForm(request, fields);
  try {
    await acknowledgeAlert(context.ports, { alertId, actor });
    return redirectWithFlash(context, page, { tone: "good", text: "The alert is acknowledged." });
  } catch (error) {
    const refusal = respondToError(error);
    if (!refusal) throw error;
    return redirectWithFlash(context, page, { tone: "bad", text: await refusal.text() });
  }
}
