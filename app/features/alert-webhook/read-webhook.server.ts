import { finalStatuses } from "~/features/job-runs/status";
import type { Db } from "~/ports/db.server";
import type { Webhook } from "~/ports/webhook/webhook.server";
import { countDue } from "./events.sql.server";
import { sendAlerts, testWebhook } from "./send-alerts";
import { readState } from "./webhook-state.server";
import type { WebhookView } from "./webhook-view";

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
    // Before the first look at an address it is not known what is old.
    ...{ host: webhook.host, deliveredAt, failingSince, due: state ? due : 0 },
    failed: failedAt !== null && failure !== null ? { at: failedAt, problem: failure } : null,
    pausedRunId: paused?.id ?? null,
    isTesting: tests > 0,
  };
}
