/** The web process: `tsx server.ts`, with `--dev` reloading what changes; several serve one port as a cluster of pm2. */
import cluster from "node:cluster";
import { once } from "node:events";
import { sendAlerts } from "~/features/alert-webhook/send-alerts";
import { requireJob } from "~/features/job-runs/kinds/job";
import { isKnownError } from "~/features/known-error";
import { checks } from "~/features/monitoring/checks/registry.server";
import { readMetrics } from "~/features/monitoring/metrics/read-metrics.server";
import { watchWorker } from "~/features/monitoring/watch-worker/watch-worker.server";
import { EnvError, loadEnv } from "~/ports/env.server";
import { createPorts, createProcessMetrics, DatabaseNotReady, serveMetrics, watchParent } from "~/ports/index.server";

import { startServer } from "~/web/server/http-server.server";
import { StartError } from "~/web/server/start-error";

async function main() {
  let drain = async (_cause: string): Promise<void> => process.exit(0);
  if (await watchParent(() => drain("the parent is gone"))) return;

  const mode = process.argv.includes("--dev") ? "development" : "production";
  // React picks its build by it when the pages are loaded.
  process.env.NODE_ENV = mode;
  const env = loadEnv();
  const metrics = env.METRICS_PORT === undefined ? null : createProcessMetrics("web");
  const ports = await createPorts(env, { busyTimeoutMs: 100, metrics });
  const server = await startServer({ env, ports, mode, metrics });
  ports.log.info(`Diffs Ops is at ${server.url}`);
  const told = metrics && (await serveMetrics({ env, log: ports.log }, metrics, () => readMetrics(ports, checks)));
  const stop = new AbortController();
  const watched = watchWorker(ports, findSending, stop.signal);

  drain = async (cause) => {
    drain = async () => {};
    ports.log.info(`${cause}: finishing what is under way`);
    stop.abort();
    await server.close({ isReplaced: cluster.isWorker });
    // A connection that was handed to this process meanwhile goes back to be handed to another.
    if (cluster.worker?.isConnected()) await once(cluster.worker.disconnect(), "disconnect");
    await watched;
    told?.close();
    await ports.db.$disconnect();
    // All is done; without this a timer that Remix leaves behind with each page would hold the process for seconds.
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => drain(signal));
  // The word that pm2 waits for (wait_ready) before it stops the process that this one replaces.
  if (process.connected) process.send?.("ready");
}

/** Loaded when no worker is there to do it: every kind of work comes along. */
async function findSending() {
  const { jobKinds } = await import("~/features/job-kinds.server");
  return requireJob(jobKinds, sendAlerts.kind);
}

main().catch((error: unknown) => {
  const isExplained = error instanceof EnvError || error instanceof DatabaseNotReady || error instanceof StartError;
  const isPlain = isExplained || isKnownError(error, "DomainError");
  console.error(isPlain ? error.message : error);
  process.exit(1);
});
