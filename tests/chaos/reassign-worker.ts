/** The worker process with the reassignment of owners alone; ready to be killed. */

import { setTimeout as sleep } from "node:timers/promises";
import { runWorker } from "~/features/job-runs/engine/worker.server";
import type { SetHandler } from "~/features/job-runs/kinds/handler";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { type Reassignment, reassignOwner } from "~/features/owners/reassign/reassign-owner";
import { reassignOwnerHandler } from "~/features/owners/reassign/reassign-owner.server";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";

/** Each piece takes so much longer before it is committed, so that pieces stay small and a kill finds the run unfinished. */
const LONGER_MS = 60;

const { undo, ...handler } = reassignOwnerHandler;
if (!undo) throw new Error("A reassignment can be undone");
const unhurried: SetHandler<Reassignment> = {
  ...handler,
  async applyChunk(...call) {
    await handler.applyChunk(...call);
    await sleep(LONGER_MS);
  },
  undo: {
    ...undo,
    async undoChunk(...call) {
      await undo.undoChunk(...call);
      await sleep(LONGER_MS);
    },
  },
};

const ports = await createPorts(loadEnv(), { busyTimeoutMs: 1_000 });
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
await runWorker(ports, toJobs([pair(reassignOwner, unhurried)]), stop.signal);
await ports.db.$disconnect();
process.exit(0);
