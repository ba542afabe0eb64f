import { workerProcesses } from "../support/world/worker-processes";
import { openWorld } from "../support/world/world";
import { chaosJob } from "./chaos-job";

export type ChaosWorld = Awaited<ReturnType<typeof openChaosWorld>>;

/** A world whose PUTs take a moment, and a run of so many items that worker processes may take up. */
export async function openChaosWorld(items: number) {
  const world = await openWorld();
  const { db, env } = world;
  world.setFaults([{ operation: "PutObject", delayMs: 20 }]);
  const runId = await world.start(chaosJob, { items }, { autoApply: true });
  return {
    ...world,
    ...workerProcesses({ ...env, DATABASE_URL: `file:${db.file}` }, "tests/chaos/chaos-worker.ts"),
    runId,
    outcomes: () => db.jobItem.count({ where: { runId, outcome: { not: null } } }),
  };
}
