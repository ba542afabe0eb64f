import { finalStatuses } from "~/features/job-runs/status";
import type { Db } from "~/ports/db.server";
import type { Webhook } from "~/ports/webhook/webhook.server";
import { countDue } from "./events.sql.server";
import { sendAlerts, testWebhook } from "./send-alerts";
import { readState } from "./webhook-state.server";

/** How it goes with the webhook, for pages and checks. */
export type WebhookView = {
  host: string;
  deliveredAt: Date | null;
  /** The last message that was not taken, and why. */
  failed: { at: Date; problem: string } | null;
  /** Since when none is taken; null: the last one was. */
  failingSince: Date | null;
  /** Alerts that it is still to be told of. */
  due: number;
  /** The run that someone paused, so that nothing is sent. */
  pausedRunId: number | null;
  /** A test message is on its way. */
  isTesting: boolean;
};

/** @returns null where none is set up */
export async function readWebhook(db: Db, webhook: Webhook | null): Promise<WebhookView | null> {
  if (!webhook) return null;
  const notFinal = { notIn: [...finalStatuses] };
  const [state, due, paused, tests] = await Promise.all([
    readState(db, webhook),
    countDue(db),
    db.jobRun.findFirst({ where: { kind: sendAlerts.kind, status: "paused" }, select: { id: true } }),
    db.jobRun.count({ where: { kind: testWebhook.kind, status: notFinal } }),
  ]);
  const { deliveredAt = null, failingSince = null, failedAt = null, failure = null } = state ?? {};
  return {
    ...{ host: webhook.host, deliveredAt, failingSince, due },
    failed: failedAt !== null && failure !== null ? { at: failedAt, problem: failure } : null,
    pausedRunId: paused?.id ?? null,
    isTesting: tests > 0,
  };
}
