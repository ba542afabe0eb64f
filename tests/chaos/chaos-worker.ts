/** The worker process with the kind of these tests alone; ready to be killed. */

import { runWorker } from "~/features/job-runs/engine/worker.server";
import { toJobs } from "~/features/job-runs/kinds/job";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import { chaosJob } from "./chaos-job";

const ports = await createPorts(loadEnv(), { busyTimeoutMs: 1_000 });
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
await runWorker(ports, toJobs([chaosJob]), stop.signal);
await ports.db.$disconnect();
process.exit(0);
