import { createHash } from "node:crypto";
import type { z } from "zod";
import type { AlertKind } from "~/features/alerts/alert";
import { DomainError } from "~/features/domain-error";
import { count } from "~/features/format";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import type { Ports } from "~/ports/index.server";
import type { Message, Webhook } from "~/ports/webhook/webhook.server";
import { digestText, eventText, greetingText, testText } from "./alert-message";
import { countDue, countEvents, type DueAlert, keepTold, readDue, readEvents } from "./events.sql.server";
import type { sendAlerts, testWebhook } from "./send-alerts";
import { beginState, keepDelivery, keepGreeted } from "./webhook-state.server";

/** So many events have a message each; more come as one, or a channel would be of no use for an hour. */
const ONE_BY_ONE = 5;
const LISTED = 10;
/** What a run sends before it makes room for the next. */
const MESSAGES_AT_MOST = 10;

/** A message, and what is to be kept once it was taken. */
type Due = { message: Message; keep(): Promise<unknown> };

/**
 * Sends what is due until nothing is. Each message that was taken is kept as such at once, so that a worker that dies repeats
 * one at most, under the same id.
 * @param kinds every kind of alert, each with the page that it leads to
 */
export const sendAlertsHandler = (
  kinds: () => readonly AlertKind[],
): ItemHandler<z.infer<typeof sendAlerts.payload>> => ({
  async *plan({ db, webhook }) {
    yield [{ subject: requireWebhook(webhook).host }];
    return { facts: [{ label: "Alerts to tell of", value: count(await countDue(db)) }] };
  },

  async apply(ports, _item, { signal, hold }) {
    const { db, clock } = ports;
    const webhook = requireWebhook(ports.webhook);
    let messages = 0;
    while (messages < MESSAGES_AT_MOST) {
      const due = await nextMessage(ports, webhook, kinds(), signal);
      if (due === null) break;
      // From here on, for as long as a message may take, no other worker sends the same.
      await db.$write(hold);
      const delivery = await webhook.send(due.message, { at: clock.now(), signal });
      if (delivery.isDelivered) await due.keep();
      const waitMs = await keepDelivery(ports, webhook, delivery);
      if (!delivery.isDelivered) {
        return { outcome: "open", park: { forMs: waitMs ?? 0, reason: `${delivery.problem} It is tried again.` } };
      }
      messages += 1;
    }
    return { outcome: "succeeded", after: { messages } };
  },
});

/** What is to be said next, or null. */
async function nextMessage(
  ports: Ports,
  webhook: Webhook,
  kinds: readonly AlertKind[],
  signal: AbortSignal,
): Promise<Due | null> {
  const { db, settings } = ports;
  const origin = settings.PUBLIC_URL;
  const { greetedAt } = await beginState(db, webhook, signal);
  if (greetedAt === null) {
    const text = greetingText(await countOpen(ports), origin);
    return { message: { id: `greeting-${webhook.address}`, text }, keep: () => keepGreeted(ports, webhook) };
  }
  const due = await readDue(db);
  const told = due.length > ONE_BY_ONE ? due : due.slice(0, 1);
  const [event] = await readEvents(db, kinds, told.slice(0, 1));
  if (!event) return null;
  const text =
    told.length === 1
      ? eventText(event, origin)
      : digestText(countEvents(told), await readEvents(db, kinds, mostPressing(told)), origin);
  return { message: { id: idOf(told), text }, keep: () => keepTold(db, told) };
}

async function countOpen({ db }: Ports) {
  const open = await db.alert.groupBy({ by: ["severity"], where: { closedAt: null }, _count: { _all: true } });
  const of = (severity: string) => open.find((row) => row.severity === severity)?._count._all ?? 0;
  return { errors: of("error"), warnings: of("warning") };
}

/** Open ones first, errors before warnings; of the same, in the order in which they happened. */
function mostPressing(due: readonly DueAlert[]): DueAlert[] {
  const rank = ({ closedAt, severity }: DueAlert) => (closedAt !== null ? 2 : severity === "error" ? 0 : 1);
  return [...due].sort((one, other) => rank(one) - rank(other)).slice(0, LISTED);
}

/**
 * The same for the same events, so that a receiver can drop what it has. With the time, for a database that was restored gives
 * the same numbers once more.
 */
function idOf(told: readonly DueAlert[]): string {
  const ids = told.map(
    ({ id, openedAt, closedAt }) => `alert-${id}-${openedAt.getTime()}-${closedAt === null ? "opened" : "resolved"}`,
  );
  const [only] = ids;
  return ids.length === 1 && only
    ? only
    : `alerts-${createHash("sha256").update(ids.join("\n")).digest("hex").slice(0, 32)}`;
}

export const testWebhookHandler: ItemHandler<z.infer<typeof testWebhook.payload>> = {
  async *plan({ webhook }) {
    yield [{ subject: requireWebhook(webhook).host }];
    return {};
  },

  async apply(ports, _item, { signal, runId }) {
    const { clock, settings } = ports;
    const webhook = requireWebhook(ports.webhook);
    // What comes of it is kept, so that the address is known from here on: what is old is told apart before.
    await beginState(ports.db, webhook, signal);
    const message = { id: `test-${runId}-${clock.now().getTime()}`, text: testText(settings.PUBLIC_URL) };
    const delivery = await webhook.send(message, { at: clock.now(), signal });
    await keepDelivery(ports, webhook, delivery);
    return delivery.isDelivered
      ? { outcome: "succeeded", after: { messages: 1 } }
      : { outcome: "failed", errorClass: "webhook-failed", error: delivery.problem };
  },
};

/** @throws DomainError "invalid" where none is set up */
function requireWebhook(webhook: Webhook | null): Webhook {
  if (webhook) return webhook;
  throw new DomainError(
    "invalid",
    "No webhook is set up. Set ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET, and start web and worker again.",
  );
}
