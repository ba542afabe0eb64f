/** The worker process: carries out job runs until it is told to stop, then returns its leases and exits within 10 s. */
import { sendWhenDue } from "~/features/alert-webhook/start-sending.server";
import { jobKinds } from "~/features/job-kinds.server";
import { runWorker } from "~/features/job-runs/engine/worker.server";
import { watchOwnFile } from "~/features/labels/travel/check/watch-own-file.server";
import { measureAfterWork } from "~/features/monitoring/after-work/measure-after-work.server";
import { checks } from "~/features/monitoring/checks/registry.server";
import { readMetrics } from "~/features/monitoring/metrics/read-metrics.server";
import { askForOwnModel } from "~/features/prices/warn-of-unlisted-model.server";
import { runScheduler } from "~/features/schedules/run-scheduler.server";
import { learnAbilities } from "~/features/storage/learn-abilities.server";
import { EnvError, loadEnv } from "~/ports/env.server";
import { createPorts, createProcessMetrics, DatabaseNotReady, serveMetrics, watchParent } from "~/ports/index.server";

import { schedules } from "./schedules";

async function main() {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  if (await watchParent(() => stop.abort())) return;
  const env = loadEnv();
  // Nothing but work waits for this process, so it may wait for the lock a little longer than the web does.
  const metrics = env.METRICS_PORT === undefined ? null : createProcessMetrics("worker");
  const ports = await createPorts(env, { busyTimeoutMs: 1_000, metrics });
  const told = metrics && (await serveMetrics({ env, log: ports.log }, metrics, () => readMetrics(ports, checks)));
  await Promise.all([
    runScheduler(ports, schedules, stop.signal),
    learnAbilities(ports, stop.signal),
    askForOwnModel(ports, stop.signal),
    watchOwnFile(ports, stop.signal),
    sendWhenDue(ports, stop.signal),
    measureAfterWork(ports, stop.signal),
    runWorker(ports, jobKinds, stop.signal),
  ]);
  told?.close();
  await ports.db.$disconnect();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const isPlain = error instanceof EnvError || error instanceof DatabaseNotReady;
    console.error(isPlain ? error.message : error);
    process.exit(1);
  },
);
