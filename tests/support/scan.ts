import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import type { JobDefinition } from "~/features/job-runs/kinds/definition";
import type { JobHandler } from "~/features/job-runs/kinds/handler";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { systemClock } from "~/ports/clock.server";
import type { Ports } from "~/ports/index.server";
import { createLog } from "~/ports/log.server";
import { createModel } from "~/ports/model/model.server";
import { openTestDb } from "./db";
import { startTestS3 } from "./s3";

/** A database and a bucket of the test's own, and a way to carry out runs that need both. The model is nowhere. */
export async function openScan(seed?: Iterable<string>, storeName?: string) {
  const { env, storage, store, setFaults, requests } = await startTestS3({ maxAttempts: 1 }, seed, storeName);
  const db = await openTestDb();
  const model = createModel({ GEMINI_API_KEY: "none", GEMINI_BASE_URL: "http://127.0.0.1:9", GEMINI_MODEL: "none" });
  const ports: Ports = { db, storage, model, log: createLog("silent"), clock: systemClock };
  return {
    ...ports,
    db,
    ports,
    env,
    store,
    setFaults,
    requests,
    /** Puts objects of these bytes at these keys. */
    async put(objects: Record<string, string>) {
      const waiting = Object.entries(objects);
      const putNext = async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) {
          await storage.put(next[0], Buffer.from(next[1]), { contentType: "application/octet-stream" });
        }
      };
      await Promise.all(Array.from({ length: 16 }, putNext));
    },
    /** Starts a run, carries it out to its end as a worker does (a risk that its plan names is accepted), and reads it. */
    async carryOut<Payload>(
      definition: JobDefinition<string, Payload>,
      handler: JobHandler<Payload>,
      payload: Payload,
    ) {
      const actor = { id: "script:test", name: "test" };
      const job = pair(definition, handler);
      const { runId } = await startRun(ports, definition, { payload, actor, autoApply: true });
      const work = async () => {
        await workOnRun(ports, job, runId, new AbortController().signal);
        return readRun(ports, runId);
      };
      let run = await work();
      if (run?.status === "planned") {
        await applyRun(ports, toJobs([job]), { runId, actor, planHash: run.planHash ?? "", acceptsRisk: true });
        run = await work();
      }
      if (!run) throw new Error(`No run ${runId}`);
      return run;
    },
  };
}
