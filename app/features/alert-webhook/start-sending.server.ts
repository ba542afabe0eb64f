import { setTimeout as sleep } from "node:timers/promises";
import { insertRun } from "~/features/job-runs/commands/start-run.server";
import { consoleActor } from "~/features/job-runs/run-events";
import { finalStatuses } from "~/features/job-runs/status";
import type { Ports } from "~/ports/index.server";
import type { Webhook } from "~/ports/webhook/webhook.server";
import { countDue } from "./events.sql.server";
import { sendAlerts } from "./send-alerts";
import { readState } from "./webhook-state.server";

type Deps = Pick<Ports, "db" | "clock" | "log" | "webhook">;

const EVERY_MS = 5_000;
/** Runs that end at once are started no more often: what comes within a minute of a message is told together. */
const APART_MS = 60_000;

/** Starts a run that sends what is due, whenever something is, until `signal` aborts. Every worker may do so. */
export async function sendWhenDue(deps: Deps, signal: AbortSignal): Promise<void> {
  const { webhook, log } = deps;
  if (!webhook) return;
  while (!signal.aborted) {
    await startSending(deps, webhook).catch((error: unknown) => {
      if (!signal.aborted) log.warn({ err: error }, "it could not be found out whether there are alerts to send");
    });
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

/**
 * Starts a run where something is due and none is at it.
 * @returns the run that is at it; null: there is nothing to send, or a run has ended within the last minute
 */
export async function startSending(
  { db, clock }: Omit<Deps, "log" | "webhook">,
  webhook: Webhook,
): Promise<number | null> {
  const greetedAt = (await readState(db, webhook))?.greetedAt ?? null;
  if (greetedAt !== null && (await countDue(db)) === 0) return null;
  return db.$write(async (tx) => {
    // Of several processes one is first: whoever has the lock.
    await tx.alertWebhook.updateMany({ where: { address: webhook.address }, data: { host: webhook.host } });
    const { kind } = sendAlerts;
    const last = await tx.jobRun.findFirst({
      where: { kind },
      orderBy: { id: "desc" },
      select: { id: true, status: true, createdAt: true },
    });
    if (last && !finalStatuses.some((status) => status === last.status)) return last.id;
    const age = last ? clock.now().getTime() - last.createdAt.getTime() : APART_MS;
    // Before it, where the clock was set back.
    if (age >= 0 && age < APART_MS) return null;
    const { runId } = await insertRun(tx, clock, sendAlerts, { payload: {}, actor: consoleActor, autoApply: true });
    await db.$requireOwnSchema(tx);
    return runId;
  });
}
