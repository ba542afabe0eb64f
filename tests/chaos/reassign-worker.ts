/** The worker process with the reassignment of owners alone; ready to be killed. */

import { runWorker } from "~/features/job-runs/engine/worker.server";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { reassignOwner } from "~/features/owners/reassign/reassign-owner";
import { reassignOwnerHandler } from "~/features/owners/reassign/reassign-owner.server";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";

const ports = await createPorts(loadEnv(), { busyTimeoutMs: 1_000 });
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
await runWorker(ports, toJobs([pair(reassignOwner, reassignOwnerHandler)]), stop.signal);
await ports.db.$disconnect();
process.exit(0);
