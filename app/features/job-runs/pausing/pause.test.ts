import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { cancelRun, pauseRun, resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { claimChunk } from "~/features/job-runs/engine/ledger/claim.sql.server";
import { runWorker, workOnRun } from "~/features/job-runs/engine/worker.server";
import type { ItemHandler, ItemResult, OpenItem } from "~/features/job-runs/kinds/handler";
import type { Job } from "~/features/job-runs/kinds/job";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { Ports } from "~/ports/index.server";
import { countingJob, type Numbers } from "../../../../tests/support/world/counting-job";
import { openTestPorts } from "../../../../tests/support/world/nowhere";

type Apply = ItemHandler<Numbers>["apply"];
type Sizes = { chunkSize?: number; itemConcurrency?: number };

const actor = { id: "operator:1", name: "Mina" };
const never = new AbortController().signal;
const done: ItemResult = { outcome: "succeeded" };
const spent: ItemResult = { outcome: "open", pause: "The budget of $1.00 is spent. Raise it, then resume." };

const numbersJob = (apply: Apply, sizes: Sizes = {}) => countingJob({ kind: "numbers", apply, ...sizes });

async function start(ports: Ports, job: Job, items: number): Promise<number> {
  return (await startRun(ports, job.definition, { payload: { items }, actor, autoApply: true })).runId;
}

async function read(ports: Ports, runId: number) {
  const run = await readRun(ports, runId);
  if (!run) throw new Error("no run");
  return run;
}

/** Workers as of processes of their own; `stop` lets them end as a deployment would. */
function startWorkers(ports: Ports, job: Job, count: number) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const workers = Array.from({ length: count }, () => runWorker(ports, new Map([["numbers", job]]), stop.signal));
  return {
    async stop() {
      stop.abort();
      await Promise.all(workers);
    },
  };
}

const until = (ports: Ports, runId: number, status: string) =>
  expect.poll(async () => (await read(ports, runId)).status).toBe(status);

/** Counters equal the rows, chunk by chunk: nothing is counted that is not there. */
async function expectCountersToEqualRows(ports: Ports, runId: number) {
  const chunks = await ports.db.jobChunk.findMany({ where: { runId }, orderBy: { seq: "asc" } });
  const items = await ports.db.jobItem.findMany({ where: { runId } });
  const count = ({ firstSeq, lastSeq }: { firstSeq: number; lastSeq: number }, is: (item: OpenRow) => boolean) =>
    items.filter((item) => item.seq >= firstSeq && item.seq <= lastSeq && is(item)).length;
  for (const chunk of chunks) {
    expect(chunk).toMatchObject({
      succeeded: count(chunk, (item) => item.outcome === "succeeded"),
      failed: count(chunk, (item) => item.outcome === "failed"),
      skipped: count(chunk, (item) => item.outcome === "skipped"),
      parked: count(chunk, (item) => item.outcome === null && item.parkedUntil !== null),
      status: count(chunk, (item) => item.outcome === null) === 0 ? "finished" : "open",
    });
  }
}
type OpenRow = { seq: number; outcome: string | null; parkedUntil: Date | null };

test("a handler pauses its run with a reason; resuming goes on with that very item", async () => {
  const ports = await openTestPorts();
  let budget = 12;
  const seen: string[] = [];
  const job = numbersJob(
    async (_ports, item) => {
      seen.push(item.subject);
      if (budget === 0) return spent;
      budget -= 1;
      return done;
    },
    { chunkSize: 100 },
  );
  const runId = await start(ports, job, 90);
  await workOnRun(ports, job, runId, never);
  expect(await read(ports, runId)).toMatchObject({
    status: "paused",
    pauseReason: "The budget of $1.00 is spent. Raise it, then resume.",
    succeeded: 12,
    done: 12,
    etaSeconds: null,
  });
  await expectCountersToEqualRows(ports, runId);
  // Each of the four lanes may have asked once.
  expect(seen.length).toBeLessThanOrEqual(16);
  const { items } = await readItems(ports, { runId, outcome: "open" });
  expect(items.map((item) => [item.attempts, item.begun])).toEqual(items.map(() => [0, 0]));
  const event = await ports.db.auditEvent.findFirstOrThrow({ where: { action: "run.pause" } });
  expect(event).toMatchObject({
    actor: "console",
    actorName: "The console",
    subject: `run:${runId}`,
    detail: '{"reason":"The budget of $1.00 is spent. Raise it, then resume."}',
  });

  budget = 100;
  await resumeRun(ports, { runId, actor });
  expect(await read(ports, runId)).toMatchObject({ status: "pending", pauseReason: null });
  await workOnRun(ports, job, runId, never);
  expect(await read(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 90, pauseReason: null });
  expect(new Set(seen).size).toBe(90);
  expect(await ports.db.auditEvent.count({ where: { action: "run.pause" } })).toBe(1);
});

test("a pause lets what is in flight end, over two workers and all their lanes, and gives the rest back", async () => {
  const ports = await openTestPorts();
  let inFlight = 0;
  let isSpent = true;
  let ended = 0;
  const job = numbersJob(async (_ports, item) => {
    if (isSpent && item.subject === "0") {
      await expect.poll(() => inFlight).toBeGreaterThan(11);
      return spent;
    }
    inFlight += 1;
    await sleep(50);
    inFlight -= 1;
    ended += 1;
    return done;
  });
  const runId = await start(ports, job, 800);
  const workers = startWorkers(ports, job, 2);
  await until(ports, runId, "paused");
  await expect.poll(() => ports.db.jobChunk.count({ where: { runId, leaseUntil: { not: null } } })).toBe(0);
  const run = await read(ports, runId);
  expect(run).toMatchObject({ status: "paused", succeeded: ended, failed: 0, skipped: 0 });
  expect(run.done).toBeLessThan(800);
  const first = await ports.db.jobItem.findMany({ where: { runId, seq: { lt: 10 }, outcome: "succeeded" } });
  expect(first.length).toBeLessThan(10);
  await expectCountersToEqualRows(ports, runId);
  isSpent = false;
  await resumeRun(ports, { runId, actor });
  await until(ports, runId, "succeeded");
  await workers.stop();
  expect([await read(ports, runId), ended]).toMatchObject([{ succeeded: 800 }, 800]);
  await expectCountersToEqualRows(ports, runId);
});

test("a pause that a person was quicker with stays the person's, and one after a cancel changes nothing", async () => {
  const ports = await openTestPorts();
  const job = numbersJob(
    async ({ db, clock }, item) => {
      const command = { runId: Number((await db.jobRun.findFirstOrThrow({ orderBy: { id: "desc" } })).id), actor };
      if (item.subject === "0") await pauseRun({ db, clock }, command);
      if (item.subject === "1") await cancelRun({ db, clock }, command);
      return spent;
    },
    { itemConcurrency: 1 },
  );
  const paused = await start(ports, job, 1);
  await workOnRun(ports, job, paused, never);
  expect(await read(ports, paused)).toMatchObject({ status: "paused", pauseReason: null });
  await ports.db.jobItem.updateMany({ where: { runId: paused }, data: { subject: "1" } });
  await resumeRun(ports, { runId: paused, actor });
  await workOnRun(ports, job, paused, never);
  expect(await read(ports, paused)).toMatchObject({ status: "cancelled", pauseReason: null, done: 0 });
  const pauses = await ports.db.auditEvent.findMany({ where: { action: "run.pause" } });
  expect(pauses.map((event) => event.actorName)).toEqual(["Mina"]);
});

test("a worker that lost its chunk cannot pause the run", async () => {
  const ports = await openTestPorts();
  const job = numbersJob(async (_ports, { subject }: OpenItem) => {
    if (subject !== "0") return done;
    // The machine slept past the lease, and another worker has the chunk.
    ports.advance(16_000);
    const scope = { worker: "other", chunkConcurrency: { numbers: 4 }, lanes: [0, 1] };
    await claimChunk(ports.db, { ...scope, now: ports.clock.now() });
    ports.advance(16_000);
    await ports.db.jobItem.updateMany({ where: { subject: "0" }, data: { subject: "first" } });
    return spent;
  });
  const runId = await start(ports, job, 5);
  await workOnRun(ports, job, runId, never);
  expect(await read(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 5, pauseReason: null });
});

test("a worker that is killed beside a pause leaves its items open, and they are done once the run is resumed", async () => {
  const ports = await openTestPorts();
  let isSpent = false;
  const job = numbersJob(async () => (isSpent ? spent : done));
  const runId = await start(ports, job, 30);
  await workOnRun(
    ports,
    numbersJob(async () => spent),
    runId,
    never,
  );
  expect(await read(ports, runId)).toMatchObject({ status: "paused", done: 0 });
  await resumeRun(ports, { runId, actor });
  // Killed with the first chunk in its hands: its lease stays, whatever becomes of the run.
  const scope = { worker: "killed", chunkConcurrency: { numbers: 4 }, lanes: [0, 1] };
  const killed = await claimChunk(ports.db, { ...scope, now: ports.clock.now() });
  expect(killed).toMatchObject({ seq: 0 });
  isSpent = true;
  await workOnRun(ports, job, runId, never);
  expect(await read(ports, runId)).toMatchObject({ status: "paused", done: 0 });
  isSpent = false;
  await resumeRun(ports, { runId, actor });
  ports.advance(16_000);
  await workOnRun(ports, job, runId, never);
  expect(await read(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 30 });
  await expectCountersToEqualRows(ports, runId);
});
