import { expect, test } from "vitest";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { cancelRun, pauseRun, resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { type Job, pair } from "~/features/job-runs/kinds/job";
import { isFinished } from "~/features/job-runs/status";
import type { Ports } from "~/ports/index.server";
import { jumpingClock } from "../../../../tests/support/jumping-clock";
import { type Random, randomOf } from "../../../../tests/support/random";
import { tries } from "../../../../tests/support/tries";
import { countingJob } from "../../../../tests/support/world/counting-job";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { renamingSet } from "../../../../tests/support/world/renaming-set";
import { claimChunk, claimPlanning } from "./ledger/claim.sql.server";
import { planRun } from "./plan-run.server";
import { runChunk } from "./run-chunk.server";

/**
 * The clock is set by ±1 s to 1 year between any two statements, and workers die with work in their hands. Once it is right,
 * every run ends within 60 s by it, each item with one outcome. CLOCK_SEED=17 tries that seed alone.
 */
const only = process.env.CLOCK_SEED;
const seeds = only ? [Number(only)] : Array.from({ length: tries(10, 1_000) }, (_, index) => index + 1);

const actor = { id: "script:test", name: "test" };
const never = new AbortController().signal;
const counts = { jumps: 0, deaths: 0, parks: 0, runs: 0, waited: 0 };

/** Jobs, and what a worker does step by step; each step may be the one in which it dies. */
function openWork(ports: Ports, random: Random) {
  let mayPark = true;
  const counting = countingJob({
    chunkSize: 3,
    chunkConcurrency: 2,
    async apply() {
      if (!mayPark || !random.once(3)) return { outcome: "succeeded", after: { done: true } };
      counts.parks += 1;
      return { outcome: "open", park: { forMs: random.below(60_000), reason: "It waits for something outside." } };
    },
  });
  const renaming = renamingSet();
  const jobs = new Map<string, Job>([
    [counting.definition.kind, pair(counting.definition, counting.handler)],
    [renaming.definition.kind, pair(renaming.definition, renaming.handler)],
  ]);
  const scope = () => ({
    worker: "worker",
    now: ports.clock.now(),
    chunkConcurrency: { [counting.definition.kind]: 2, [renaming.definition.kind]: 1 },
    lanes: [0, 1],
  });
  const jobOf = async (runId: number) => {
    const { kind } = await ports.db.jobRun.findUniqueOrThrow({ where: { id: runId } });
    const job = jobs.get(kind);
    if (!job) throw new Error(`Who started run ${runId}?`);
    return job;
  };
  return {
    start: () =>
      random.once(2)
        ? startRun(ports, counting.definition, { payload: { items: random.below(8) }, actor, autoApply: true })
        : startRun(ports, renaming.definition, { payload: { suffix: "!" }, actor, autoApply: true }),
    /** @returns whether there was something to do */
    async plan({ dies }: { dies: boolean }) {
      const planning = await claimPlanning(ports.db, scope());
      if (planning && !dies) await planRun(ports, await jobOf(planning.runId), planning, never);
      return planning !== null;
    },
    async work({ dies }: { dies: boolean }) {
      const chunk = await claimChunk(ports.db, scope());
      if (chunk && !dies) await runChunk(ports, await jobOf(chunk.runId), chunk, { drain: never, stop: never });
      return chunk !== null;
    },
    parkNoMore: () => {
      mayPark = false;
    },
  };
}

async function trySeed(seed: number) {
  const random = randomOf(seed);
  const clock = jumpingClock(random);
  const ports = { ...(await openTestPorts()), clock };
  const { db } = ports;
  const owners = Array.from({ length: 10 }, (_, n) => ({ id: String(n), name: "Mina", createdAt: clock.right() }));
  await db.owner.createMany({ data: owners });
  const { start, plan, work, parkNoMore } = openWork(ports, random);

  const anyRun = async (status: string[]) => {
    const runs = await db.jobRun.findMany({ where: { status: { in: status } }, select: { id: true } });
    return runs.length > 0 ? { runId: random.pick(runs).id, actor } : null;
  };
  for (let step = 0; step < 40; step++) {
    clock.pass(random.below(10_000));
    const dies = random.once(3);
    const what = random.below(12);
    if (what < 3) await start();
    else if (what < 6) counts.deaths += Number((await plan({ dies })) && dies);
    else if (what < 10) counts.deaths += Number((await work({ dies })) && dies);
    else if (what === 10) await anyRun(["planning", "running"]).then((run) => run && cancelRun(ports, run));
    else await anyRun(["pending", "running"]).then((run) => run && pauseRun(ports, run));
  }

  clock.setRight();
  parkNoMore();
  for (const { id } of await db.jobRun.findMany({ where: { status: "paused" } })) {
    await resumeRun(ports, { runId: id, actor });
  }
  const unfinished = async () => (await db.jobRun.findMany()).filter(({ status }) => !isFinished(status));
  let waited = 0;
  for (; waited <= 60 && (await unfinished()).length > 0; waited += 5) {
    while ((await plan({ dies: false })) || (await work({ dies: false })));
    clock.pass(5_000);
  }
  const left = (await unfinished()).map(({ id, kind, status }) => `run ${id} (${kind}) is ${status}`);
  expect(left, `seed ${seed}`).toEqual([]);
  const runs = await db.jobRun.findMany({ where: { status: "succeeded" }, include: { chunks: true, items: true } });
  for (const { planned, chunks, items } of runs) {
    const tallied = chunks.reduce((sum, { succeeded, failed, skipped }) => sum + succeeded + failed + skipped, 0);
    expect([tallied, items.length], `seed ${seed}`).toEqual([planned, planned]);
  }
  counts.jumps += clock.jumps();
  counts.runs += runs.length;
  counts.waited = Math.max(counts.waited, waited);
}

test(`over ${seeds.length} seeds`, { timeout: 60_000 + seeds.length * 30_000 }, async () => {
  for (const seed of seeds) await trySeed(seed);
  console.info(`clock: ${seeds.length} seeds, ${JSON.stringify(counts)}`);
  if (!only) expect(Math.min(counts.jumps, counts.deaths, counts.parks, counts.runs)).toBeGreaterThan(0);
});
