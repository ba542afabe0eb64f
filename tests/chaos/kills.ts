import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { limits } from "../limits";
import { workerProcesses } from "../support/world/worker-processes";
import type { openWorld } from "../support/world/world";

const GIVE_UP_MS = limits.expect.poll.timeout;

/** A worker process of set-based runs, and the ways to kill it. It is not started before `start`. */
export function killing(world: Awaited<ReturnType<typeof openWorld>>) {
  const { db, env } = world;
  const { startWorker, restartWorker } = workerProcesses(
    { ...env, DATABASE_URL: `file:${db.file}` },
    "tests/chaos/set-worker.ts",
  );
  let worker: ReturnType<typeof startWorker> | undefined;

  /** kill -9, and another worker at once; the lease of the dead runs out at once, so that the test need not wait for it. */
  async function kill(runId: number) {
    const next = await restartWorker(worker?.pid ?? 0);
    if (!next) throw new Error("The worker was gone before it was killed");
    worker = next;
    await db.jobRun.updateMany({ where: { id: runId, leaseUntil: { not: null } }, data: { leaseUntil: new Date(0) } });
    await db.jobChunk.updateMany({ where: { runId, leaseUntil: { not: null } }, data: { leaseUntil: new Date(0) } });
  }

  return {
    start() {
      worker = startWorker();
    },
    /** Kills over the plan, as soon as an item of it is written. */
    async killOverPlan(runId: number) {
      await waitFor(async () => (await db.jobItem.findFirst({ where: { runId }, select: { seq: true } })) !== null);
      await kill(runId);
    },
    /** Kills so often, each time as soon as more is done, and waits for the end. @returns how much was done at the last kill */
    async killOften(runId: number, times: number) {
      let atLastKill = 0;
      for (let n = 0; n < times; n++) {
        await waitFor(async () => (await world.read(runId)).done > atLastKill);
        await kill(runId);
        atLastKill = (await world.read(runId)).done;
      }
      const status = async () => (await world.read(runId)).status;
      await expect.poll(status, { interval: 100, timeout: GIVE_UP_MS }).toBe("succeeded");
      return atLastKill;
    },
  };
}

async function waitFor(condition: () => Promise<boolean>) {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`Nothing went on within ${GIVE_UP_MS / 1_000} s`);
    await sleep(3);
  }
}
