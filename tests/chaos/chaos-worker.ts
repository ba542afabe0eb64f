/** The worker process with the kind of these tests alone; ready to be killed. */
import { toJobs } from "../../app/features/job-runs/job.ts";
import { runWorker } from "../../app/features/job-runs/worker.server.ts";
import { loadEnv } from "../../app/ports/env.server.ts";
import { createPorts } from "../../app/ports/index.server.ts";
import { chaosJob } from "./chaos-job.ts";

const ports = await createPorts(loadEnv(), { busyTimeoutMs: 1_000 });
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
await runWorker(ports, toJobs([chaosJob]), stop.signal);
await ports.db.$disconnect();
process.exit(0);
