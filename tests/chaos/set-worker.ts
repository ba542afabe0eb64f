/** The worker process with set-based kinds alone, each unhurried; ready to be killed. */

import { setTimeout as sleep } from "node:timers/promises";
import { runWorker } from "~/features/job-runs/engine/worker.server";
import type { SetHandler } from "~/features/job-runs/kinds/handler";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { promoteLabels } from "~/features/labels/promote/promote-labels";
import { promoteLabelsHandler } from "~/features/labels/promote/promote-labels.server";
import { reassignOwner } from "~/features/owners/reassign/reassign-owner";
import { reassignOwnerHandler } from "~/features/owners/reassign/reassign-owner.server";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";

/** Each piece takes so much longer before it is committed, so that pieces stay small and a kill finds the run unfinished. */
const LONGER_MS = 60;

function unhurried<Payload>({ undo, ...handler }: SetHandler<Payload>): SetHandler<Payload> {
  if (!undo) throw new Error("What is killed here can be undone");
  return {
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
}

const ports = await createPorts(loadEnv(), { busyTimeoutMs: 1_000 });
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
const jobs = toJobs([
  pair(reassignOwner, unhurried(reassignOwnerHandler)),
  pair(promoteLabels, unhurried(promoteLabelsHandler)),
]);
await runWorker(ports, jobs, stop.signal);
await ports.db.$disconnect();
process.exit(0);
