import { setTimeout as sleep } from "node:timers/promises";
import { startSending } from "~/features/alert-webhook/start-sending.server";
import { readLastSeen } from "~/features/clock-watch/read-last-seen.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import type { Job } from "~/features/job-runs/kinds/job";
import { checks } from "~/features/monitoring/checks/registry.server";
import { isSilent, worker } from "~/features/monitoring/checks/worker.server";
import { measureCheck } from "~/features/monitoring/run-checks/measure-check.server";
import { newestOf } from "~/features/monitoring/run-checks/measurements.server";
import { recordMeasurement } from "~/features/monitoring/run-checks/record-measurement.server";
import { requireCheck } from "~/features/monitoring/run-checks/run-checks.server";
import type { Ports } from "~/ports/index.server";

const EVERY_MS = 60_000;
/** A machine that wakes up finds a worker silent, which it is no more a moment later. */
const LOOKS = 2;

/**
 * What no worker can tell: that none is there. The web process looks once a minute until `signal` aborts, and has the check of
 * the heartbeat say so, so that its alert opens, and closes once a worker is back. Until then it also sends what is due to the
 * webhook, as a script carries out its run.
 * @param sending the work of sending alerts, asked for when it is first needed: it knows every kind of work, and a web process
 * seldom needs that
 */
export async function watchWorker(ports: Ports, sending: () => Promise<Job>, signal: AbortSignal): Promise<void> {
  const look = lookAtWorker(ports, signal);
  while (!signal.aborted) {
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      if (await look()) await sendInstead(ports, sending, signal);
    } catch (error) {
      if (!signal.aborted) ports.log.warn({ err: error }, "the worker could not be looked for");
    }
  }
}

/**
 * One look after the other. Only the second in a row that finds a worker silent counts, and only what changes is written: the
 * checks themselves measure on while a worker is there. Where none was ever seen, none is missed.
 * @returns a look, which tells whether no worker is there
 */
export function lookAtWorker(ports: Ports, signal: AbortSignal): () => Promise<boolean> {
  const { db, clock } = ports;
  const check = requireCheck(checks, worker.name);
  let silentLooks = 0;
  return async () => {
    const seenAt = await readLastSeen(db);
    if (seenAt === null) return false;
    const silent = isSilent(seenAt, clock.now());
    silentLooks = silent ? silentLooks + 1 : 0;
    const last = await db.check.findFirst({ ...newestOf(check.name), select: { verdict: true } });
    const wasSilent = last?.verdict === "silent";
    if (silent && silentLooks < LOOKS) return false;
    if (silent === wasSilent) return silent;
    const measurement = await measureCheck(ports, check, signal);
    await db.$write(async (tx) => {
      await tx.alert.updateMany({ where: { cause: SILENT, closedAt: null }, data: { lastSeenAt: measurement.at } });
      await recordMeasurement(tx, check, measurement);
      await db.$requireOwnSchema(tx);
    });
    return silent;
  };
}

/** Carries out the run that sends alerts, up to its end or until its webhook is to be left alone for over a minute. */
export async function sendInstead(ports: Ports, sending: () => Promise<Job>, signal: AbortSignal): Promise<void> {
  if (!ports.webhook) return;
  const runId = await startSending(ports, ports.webhook);
  if (runId !== null) await workOnRun(ports, await sending(), runId, signal);
}

const SILENT = `check:${worker.name}:silent`;
