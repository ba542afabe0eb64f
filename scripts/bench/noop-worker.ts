/** A worker process with the benchmark's kind alone. */

import { runWorker } from "~/features/job-runs/engine/worker.server";
import { toJobs } from "~/features/job-runs/kinds/job";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import { noopJob } from "./noop-job";

const ports = await createPorts(loadEnv(), { busyTimeoutMs: 1_000 });
const stop = new AbortController();
for (const signal of ["SIGTERM", "disconnect"] as const) process.once(signal, () => stop.abort());
await runWorker(ports, toJobs([noopJob]), stop.signal);
await ports.db.$disconnect();
process.exit(0);
