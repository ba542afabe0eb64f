import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { cancelRun, pauseRun, resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { claimChunk } from "~/features/job-runs/engine/ledger/claim.sql.server";
import { runWorker, workOnRun } from "~/features/job-runs/engine/worker.server";
import type { ItemContext, ItemResult } from "~/features/job-runs/kinds/handler";
import { type Job, toJobs } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { readWorkInProgress } from "~/features/job-runs/views/read-work-in-progress.server";
import { standstillWords } from "~/features/job-runs/views/standstill";
import type { Ports } from "~/ports/index.server";
import { countingJob, type Numbers } from "../../../../tests/support/world/counting-job";
import { openTestPorts } from "../../../../tests/support/world/nowhere";

const actor = { id: "operator:1", name: "Mina" };
const never = new AbortController().signal;
const done: ItemResult = { outcome: "succeeded", after: { done: true } };
const HOUR = 3_600_000;

type Apply = (n: number, ports: Ports, context: ItemContext<Numbers>) => Promise<ItemResult> | ItemResult;

/** In chunks of five; `looks` are the numbers whose turn came. */
function numbersJob(apply: Apply) {
  const job = countingJob({
    kind: "numbers",
    chunkSize: 5,
    itemConcurrency: 2,
    retry: { attempts: 1, baseMs: 1, maxMs: 1 },
    apply: async (ports, item, context) => apply(Number(item.subject), ports, context),
    undo: { findConflicts: async (_ports, items) => items.map(() => null), restore: async () => done },
  });
  return {
    ...job,
    get looks() {
      return job.seen.map(Number);
    },
  };
}

const parkedFor = (forMs: number): ItemResult => ({
  outcome: "open",
  park: { forMs, reason: "The model’s batch is not done" },
});

async function start(ports: Ports, job: Job, items: number): Promise<number> {
  return (await startRun(ports, job.definition, { payload: { items }, actor, autoApply: true })).runId;
}

async function read(ports: Ports, runId: number) {
  const run = await readRun(ports, runId);
  if (!run) throw new Error("no run");
  // Counters are held against the rows wherever a test reads a run.
  const where = { runId, outcome: null, parkedUntil: { not: null } };
  const { _sum } = await ports.db.jobChunk.aggregate({ where: { runId }, _sum: { parked: true } });
  expect(_sum.parked ?? 0).toBe(await ports.db.jobItem.count({ where }));
  const ended = { runId, outcome: { not: null } };
  expect(await ports.db.jobItem.count({ where: { ...ended, parkedUntil: { not: null } } })).toBe(0);
  expect(run.done).toBe(await ports.db.jobItem.count({ where: ended }));
  return run;
}

/** A worker as of a process of its own, until the test is over. */
function startWorker(ports: Ports, job: Job) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  void runWorker(ports, new Map([["numbers", job]]), stop.signal);
}

test("a parked item holds no lease, is not touched before it is due, and is looked at again then", async () => {
  const ports = await openTestPorts();
  const dueFrom = ports.clock.now().getTime() + 3 * HOUR;
  const job = numbersJob((n) => (n % 4 === 0 && ports.clock.now().getTime() < dueFrom ? parkedFor(3 * HOUR) : done));
  const runId = await start(ports, job, 12);
  await workOnRun(ports, job, runId, never);
  const run = await read(ports, runId);
  expect(run).toMatchObject({
    status: "running",
    succeeded: 9,
    etaSeconds: null,
    parked: { count: 3, reason: "The model’s batch is not done" },
  });
  const wait = (run.parked?.nextLookAt?.getTime() ?? 0) - ports.clock.now().getTime();
  expect([wait > 2 * HOUR, wait <= 3 * HOUR]).toEqual([true, true]);
  expect(standstillWords(run)).toBe("3 items wait: The model’s batch is not done");
  expect(await readWorkInProgress(ports)).toMatchObject({ runs: 1, waiting: 1, paused: 0 });
  expect(await ports.db.jobChunk.count({ where: { runId, leaseUntil: { not: null } } })).toBe(0);
  const items = await ports.db.jobItem.findMany({ where: { runId, outcome: null } });
  expect(items.map(({ attempts, begun }) => [attempts, begun])).toEqual([0, 0, 0].map(() => [0, 0]));

  // Nothing is claimed before, by this process or another.
  ports.advance(2 * HOUR);
  const looks = job.looks.length;
  const scope = { worker: "other", chunkConcurrency: { numbers: 4 }, lanes: [0, 1] };
  expect(await claimChunk(ports.db, { ...scope, now: ports.clock.now() })).toBeNull();
  await workOnRun(ports, job, runId, never);
  expect(job.looks).toHaveLength(looks);

  ports.advance(HOUR + 1_000);
  await workOnRun(ports, job, runId, never);
  expect(job.looks.slice(looks).sort()).toEqual([0, 4, 8]);
  expect(await read(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 12, parked: null });
});

test("a chunk that is due comes before those that wait for their first turn", async () => {
  const ports = await openTestPorts();
  const job = numbersJob(() => done);
  const { runId } = await startRun(ports, job.definition, { payload: { items: 15 }, actor });
  await workOnRun(ports, job, runId, never);
  await applyRun(ports, toJobs([job]), { runId, actor, planHash: (await read(ports, runId)).planHash ?? "" });
  const dueAt = new Date(ports.clock.now().getTime() + HOUR);
  await ports.db.jobItem.updateMany({ where: { runId, seq: { gte: 5, lt: 10 } }, data: { parkedUntil: dueAt } });
  await ports.db.jobChunk.update({ where: { runId_seq: { runId, seq: 1 } }, data: { parked: 5, dueAt } });
  const claim = async () => {
    const scope = { worker: "test", chunkConcurrency: { numbers: 4 }, lanes: [0, 1], now: ports.clock.now() };
    return (await claimChunk(ports.db, scope))?.seq ?? null;
  };
  expect(await claim()).toBe(0);
  ports.advance(HOUR + 1);
  expect([await claim(), await claim()]).toEqual([1, 0]);
});

test("a worker that is idle but for parked items takes one up as it falls due", async () => {
  const ports = await openTestPorts();
  let isReady = false;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const job = numbersJob(async (n) => {
    if (n === 0 && !isReady) return parkedFor(HOUR);
    if (n >= 10) await held;
    return done;
  });
  const runId = await start(ports, job, 40);
  startWorker(ports, job);
  // The first chunk is over but for its parked item, and the lanes are at later ones.
  await expect.poll(() => job.looks.filter((n) => n >= 10).length).toBeGreaterThan(3);
  await expect.poll(async () => (await read(ports, runId)).parked?.nextLookAt ?? null).not.toBeNull();
  const before = job.looks.length;
  isReady = true;
  ports.advance(HOUR + 1_000);
  release();
  await expect.poll(() => job.looks.slice(before).includes(0)).toBe(true);
  await expect.poll(async () => (await read(ports, runId)).status).toBe("succeeded");
  expect(job.looks.filter((n) => n === 0)).toHaveLength(2);
});

test("a worker that dies over a due item leaves it due, and parking it again and again ends no worker", async () => {
  const ports = await openTestPorts();
  const job = numbersJob((n) => (n === 2 ? parkedFor(HOUR) : done));
  const runId = await start(ports, job, 5);
  await workOnRun(ports, job, runId, never);
  const scope = { worker: "dead", chunkConcurrency: { numbers: 4 }, lanes: [0, 1] };
  for (let death = 0; death < 5; death++) {
    ports.advance(HOUR);
    expect(await claimChunk(ports.db, { ...scope, now: ports.clock.now() })).toMatchObject({ seq: 0 });
    ports.advance(16_000);
  }
  // Done with care from here on: each look is noted before, and none of them ended its worker.
  for (let look = 0; look < 7; look++) {
    ports.advance(HOUR);
    await workOnRun(ports, job, runId, never);
  }
  expect(job.looks.filter((n) => n === 2)).toHaveLength(8);
  expect(await read(ports, runId)).toMatchObject({ status: "running", failed: 0, parked: { count: 1 } });
});

test("pause, resume, retry and cancel leave parked items what they are, and an undo puts back the rest", async () => {
  const ports = await openTestPorts();
  let isBroken = true;
  const job = numbersJob((n) => {
    if (n === 1) return parkedFor(5 * HOUR);
    return n === 2 && isBroken ? { outcome: "failed", errorClass: "odd", error: "Odd." } : done;
  });
  const runId = await start(ports, job, 5);
  await workOnRun(ports, job, runId, never);
  await pauseRun(ports, { runId, actor });
  ports.advance(6 * HOUR);
  const looks = job.looks.length;
  await workOnRun(ports, job, runId, never);
  expect(job.looks).toHaveLength(looks);
  await resumeRun(ports, { runId, actor });
  await workOnRun(ports, job, runId, never);
  expect(job.looks.slice(looks)).toEqual([1]);

  // What failed is tried again at once, though its chunk is not due.
  isBroken = false;
  expect(await retryFailed(ports, toJobs([job]), { runId, actor })).toBe(1);
  await workOnRun(ports, job, runId, never);
  expect(job.looks.slice(looks)).toEqual([1, 2]);
  expect(await read(ports, runId)).toMatchObject({ status: "running", succeeded: 4, failed: 0, parked: { count: 1 } });

  await cancelRun(ports, { runId, actor });
  expect(await read(ports, runId)).toMatchObject({ status: "cancelled", parked: null });
  const undo = await undoRun(ports, toJobs([job]), { runId, actor });
  await workOnRun(ports, job, undo.runId, never);
  expect(await read(ports, undo.runId)).toMatchObject({ status: "planned", planned: 4 });
});

test("an item that is parked for no time at all is left alone for a second, and rows come with it", async () => {
  const ports = await openTestPorts();
  let looks = 0;
  const job = numbersJob((_n) => {
    looks += 1;
    if (looks > 2) return done;
    return {
      outcome: "open",
      park: { forMs: 0, reason: "The model’s batch is not done" },
      write: (tx) => tx.owner.create({ data: { id: `look-${looks}`, name: "x", createdAt: ports.clock.now() } }),
    };
  });
  const runId = await start(ports, job, 1);
  startWorker(ports, job);
  await expect.poll(() => ports.db.jobItem.count({ where: { runId, parkedUntil: { gt: ports.clock.now() } } })).toBe(1);
  expect(looks).toBe(1);
  await expect.poll(async () => (await read(ports, runId)).status).toBe("succeeded");
  expect([looks, await ports.db.owner.count()]).toEqual([3, 2]);
});

test("what an item waits for is shown within seconds, and goes once items end", async () => {
  const ports = await openTestPorts();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const job = numbersJob(async (_n, _ports, context) => {
    context.waiting("The quota of this minute is used up");
    await held;
    return done;
  });
  const runId = await start(ports, job, 5);
  startWorker(ports, job);
  const waiting = async () => (await read(ports, runId)).waiting?.reason ?? null;
  await expect.poll(waiting).toBe("The quota of this minute is used up");
  expect(await readWorkInProgress(ports)).toMatchObject({ runs: 1, waiting: 1 });
  // A worker that died says nothing any more, once its lease has run out.
  await ports.db.jobChunk.updateMany({ where: { runId }, data: { leaseUntil: new Date(0) } });
  expect(await waiting()).toBeNull();
  release();
  await expect.poll(async () => (await read(ports, runId)).status).toBe("succeeded");
  expect(await ports.db.jobChunk.findFirstOrThrow({ where: { runId } })).toMatchObject({ waitingFor: null });
});

test("one item that waits is no standstill of a run that moves elsewhere", async () => {
  const ports = await openTestPorts();
  const releaseSlow = new AbortController();
  const releaseOthers = new AbortController();
  const job = numbersJob(async (n, _ports, context) => {
    if (n === 0) context.waiting("One slow thing");
    const { signal } = n === 0 ? releaseSlow : releaseOthers;
    if (!signal.aborted) await once(signal, "abort");
    return done;
  });
  const runId = await start(ports, job, 10);
  const ended = workOnRun(ports, job, runId, never);
  // The note is on the first chunk; the second is at work, and says nothing.
  const noted = () => ports.db.jobChunk.count({ where: { runId, waitingFor: "One slow thing" } });
  await expect.poll(() => ports.db.jobChunk.count({ where: { runId, leaseUntil: { not: null } } })).toBe(2);
  await ports.db.jobChunk.updateMany({
    where: { runId, seq: 0 },
    data: { waitingFor: "One slow thing", waitingSince: ports.clock.now() },
  });
  expect([await noted(), (await read(ports, runId)).waiting]).toEqual([1, null]);
  releaseOthers.abort();
  // Now it is all that is left.
  await expect.poll(async () => (await read(ports, runId)).waiting?.reason ?? null).toBe("One slow thing");
  releaseSlow.abort();
  await ended;
});
