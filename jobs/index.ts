/** The worker process: carries out job runs until it is told to stop, then returns its leases and exits within 10 s. */
import { jobKinds } from "~/features/job-kinds.server";
import { runWorker } from "~/features/job-runs/engine/worker.server";
import { watchOwnFile } from "~/features/labels/travel/check/watch-own-file.server";
import { askForOwnModel } from "~/features/prices/warn-of-unlisted-model.server";
import { runScheduler } from "~/features/schedules/run-scheduler.server";
import { learnAbilities } from "~/features/storage/learn-abilities.server";
import { EnvError, loadEnv } from "~/ports/env.server";
import { createPorts, DatabaseNotReady, watchParent } from "~/ports/index.server";

import { schedules } from "./schedules";

async function main() {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  if (await watchParent(() => stop.abort())) return;
  const env = loadEnv();
  // Nothing but work waits for this process, so it may wait for the lock a little longer than the web does.
  const ports = await createPorts(env, { busyTimeoutMs: 1_000 });
  await Promise.all([
    runScheduler(ports, schedules, stop.signal),
    learnAbilities(ports, stop.signal),
    askForOwnModel(ports, stop.signal),
    watchOwnFile(ports, stop.signal),
    runWorker(ports, jobKinds, stop.signal),
  ]);
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
