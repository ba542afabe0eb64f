/** A worker process with the benchmark's kind alone. */
import { toJobs } from "../../app/features/job-runs/job.ts";
import { runWorker } from "../../app/features/job-runs/worker.server.ts";
import { loadEnv } from "../../app/ports/env.server.ts";
import { createPorts } from "../../app/ports/index.server.ts";
import { noopJob } from "./noop-job.ts";

const ports = await createPorts(loadEnv(), { busyTimeoutMs: 1_000 });
const stop = new AbortController();
for (const signal of ["SIGTERM", "disconnect"] as const) process.once(signal, () => stop.abort());
await runWorker(ports, toJobs([noopJob]), stop.signal);
await ports.db.$disconnect();
process.exit(0);
