import type { Clock } from "~/ports/clock.server";
import type { AlertWebhook, Db } from "~/ports/db.server";
import type { Delivery, Webhook } from "~/ports/webhook/webhook.server";
import { passOverEarlier } from "./events.sql.server";

type Deps = { db: Db; clock: Clock };

/** A receiver that is down is tried again after 5 s, then ever later, and in the end this often. */
const FIRST_MS = 5_000;
const AT_MOST_MS = 5 * 60_000;

/** How it goes with an address; null: nothing was sent to it yet. */
export const readState = (db: Db, { address }: Webhook): Promise<AlertWebhook | null> =>
  db.alertWebhook.findUnique({ where: { address } });

/**
 * The same, of an address that messages are about to be sent to. The first of all begins with what happens from now on: nobody
 * wants a channel that opens with a year of alerts.
 */
export async function beginState(db: Db, { address, host }: Webhook, signal: AbortSignal): Promise<AlertWebhook> {
  const known = await db.alertWebhook.findUnique({ where: { address } });
  if (known) return known;
  if ((await db.alertWebhook.count()) === 0) await passOverEarlier(db, signal);
  return db.alertWebhook.upsert({ where: { address }, create: { address, host }, update: {} });
}

/** Keeps what came of a message; returns after how long the next may be tried, or null where it was taken. */
export async function keepDelivery(
  { db, clock }: Deps,
  { address, host }: Webhook,
  delivery: Delivery,
): Promise<number | null> {
  const at = clock.now();
  const state = await db.alertWebhook.findUnique({ where: { address } });
  if (delivery.isDelivered) {
    const well = { deliveredAt: at, failures: 0, failingSince: null };
    await db.alertWebhook.upsert({ where: { address }, create: { address, host, ...well }, update: well });
    return null;
  }
  const failures = (state?.failures ?? 0) + 1;
  const failed = { failures, failedAt: at, failure: delivery.problem, failingSince: state?.failingSince ?? at };
  await db.alertWebhook.upsert({ where: { address }, create: { address, host, ...failed }, update: failed });
  return Math.max(Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 10), AT_MOST_MS), delivery.retryAfterMs ?? 0);
}

/** Keeps that an address was told that it is one. */
export const keepGreeted = ({ db, clock }: Deps, { address }: Webhook) =>
  db.alertWebhook.update({ where: { address }, data: { greetedAt: clock.now() } });
