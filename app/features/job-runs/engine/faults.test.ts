import Database from "better-sqlite3";
import { pino } from "pino";
import { expect, test } from "vitest";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { cancelRun } from "~/features/job-runs/commands/steer-run.server";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import type { Job } from "~/features/job-runs/kinds/job";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { countingJob, type Numbers } from "../../../../tests/support/world/counting-job";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { claimChunk, claimPlanning, holdChunk } from "./ledger/claim.sql.server";
import { planRun } from "./plan-run.server";
import { workOnRun } from "./worker.server";

type Ports = Awaited<ReturnType<typeof openTestPorts>>;

const actor = { id: "script:test", name: "test" };
const never = new AbortController().signal;

/** A kind that counts up to its payload; each item creates an owner with its outcome. */
const ownersJob = (apply: ItemHandler<Numbers>["apply"] = createOwner) =>
  countingJob({ kind: "owners", chunkSize: 5, itemConcurrency: 2, chunkConcurrency: 2, retry: once, apply });

const once = { attempts: 1, baseMs: 1, maxMs: 1 };

const createOwner: ItemHandler<Numbers>["apply"] = async ({ clock }, { subject }) => ({
  outcome: "succeeded",
  write: (tx) => tx.owner.create({ data: { id: subject, name: subject, createdAt: clock.now() } }),
});

const start = (ports: Ports, job: Job, items: number) =>
  startRun(ports, job.definition, { payload: { items }, actor, autoApply: true });

/** Holds SQLite's write lock as another process would. */
function holdLock(file: string, ms: number) {
  const other = new Database(file);
  other.exec("BEGIN IMMEDIATE");
  setTimeout(() => {
    other.exec("COMMIT");
    other.close();
  }, ms);
}

test.each([3_000, 7_000])("a write lock that another process holds for %i ms fails no item", async (ms) => {
  const ports = await openTestPorts();
  let hasBegun = false;
  const job = ownersJob(async (...call) => {
    if (!hasBegun) holdLock(ports.file, ms);
    hasBegun = true;
    return createOwner(...call);
  });
  const { runId } = await start(ports, job, 20);
  await workOnRun(ports, job, runId, never);
  expect(await readRun(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 20, failed: 0 });
  expect(await ports.db.owner.count()).toBe(20);
});

test("an item that ends its worker again and again fails by name, and the run goes on", async () => {
  const ports = await openTestPorts();
  const job = ownersJob();
  const { runId } = await start(ports, job, 5);
  const planOnly = new AbortController();
  const planning = workOnRun(
    ports,
    { ...job, definition: { ...job.definition, chunkConcurrency: 0 } },
    runId,
    planOnly.signal,
  );
  await expect.poll(async () => (await readRun(ports, runId))?.status).toBe("pending");
  planOnly.abort();
  await planning;
  // Five workers die with the chunk in their hands, and five more while they do item 2 alone.
  for (let death = 0; death < 5; death++) {
    const scope = { worker: `dead-${death}`, chunkConcurrency: { owners: 2 }, lanes: [0, 1] };
    expect(await claimChunk(ports.db, { ...scope, now: ports.clock.now() })).not.toBeNull();
    ports.advance(16_000);
  }
  await ports.db.jobItem.update({ where: { runId_seq: { runId, seq: 2 } }, data: { begun: 5 } });

  await workOnRun(ports, job, runId, never);
  const run = await readRun(ports, runId);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 4, failed: 1 });
  expect(run?.failures[0]).toMatchObject({ errorClass: "worker-died" });
  const { items } = await readItems(ports, { runId });
  expect(items.map((item) => item.begun)).toEqual([1, 1, 5, 1, 1]);
});

test("a payload that this version does not understand ends the run with a sentence, not in a loop", async () => {
  const ports = await openTestPorts();
  const job = ownersJob();
  const { runId } = await start(ports, job, 5);
  await ports.db.jobRun.update({ where: { id: runId }, data: { payload: "{}" } });
  await workOnRun(ports, job, runId, never);
  expect(await readRun(ports, runId)).toMatchObject({ status: "failed" });
});

test.each([
  ["a refusal, a warning", new DomainError("conflict", "A folder side_cool exists already."), [40, false]],
  ["a fault of ours, an error with its stack", new TypeError("x is undefined"), [50, true]],
])("a plan that ends with %s", async (_case, thrown, expected) => {
  const ports = await openTestPorts();
  const lines: unknown[][] = [];
  const log = pino({}, { write: (text: string) => lines.push([JSON.parse(text).level, text.includes("stack")]) });
  const { definition, handler } = ownersJob();
  const plan: ItemHandler<Numbers>["plan"] = async function* () {
    yield [];
    throw thrown;
  };
  const job = { definition, handler: { ...handler, plan } };
  const { runId } = await start(ports, job, 1);
  await workOnRun({ ...ports, log }, job, runId, never);
  expect(await readRun(ports, runId)).toMatchObject({ status: "failed", error: thrown.message });
  expect(lines).toEqual([expected]);
});

test("each line that a run leads to names it: its plan's, its items', and what the engine says of them", async () => {
  const ports = await openTestPorts();
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const job = countingJob({
    async *plan({ log }) {
      log.info("planning");
      yield [{ subject: "0", before: {} }];
      return { facts: [] };
    },
    async apply({ log }, { subject }) {
      log.info({ subject }, "at work");
      throw new TypeError("x is undefined");
    },
  });
  const { runId } = await start(ports, job, 1);
  await workOnRun({ ...ports, log }, job, runId, never);
  expect(lines.map((line) => JSON.parse(line)).map(({ msg, runId, chunk }) => [msg, runId, chunk])).toEqual([
    ["planning", runId, undefined],
    ["at work", runId, 0],
    ["item failed", runId, 0],
  ]);
});

test("a full disk loses nothing: the run waits, and goes on once there is room", async () => {
  const ports = await openTestPorts();
  const pages = async () =>
    Number((await ports.db.$queryRaw<{ page_count: bigint }[]>`PRAGMA page_count`)[0]?.page_count);
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const job = ownersJob();
  const { runId } = await start(ports, job, 500);
  const stop = new AbortController();
  const limit = (await pages()) + 4;
  await ports.db.$queryRawUnsafe(`PRAGMA max_page_count = ${limit}`);
  const work = workOnRun({ ...ports, log }, job, runId, stop.signal);
  await expect.poll(() => lines.filter((line) => line.includes("full")).length).toBeGreaterThan(0);
  expect((await readRun(ports, runId))?.status).not.toBe("failed");
  expect(await ports.db.owner.count()).toBeLessThan(500);
  await ports.db.$queryRawUnsafe("PRAGMA max_page_count = 1000000");
  ports.advance(16_000);
  await work;
  expect(await readRun(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 500, failed: 0 });
  expect(await ports.db.$queryRaw`PRAGMA integrity_check`).toEqual([{ integrity_check: "ok" }]);
});

test.each([
  ["of a run that was cancelled", 0],
  ["that a clock a year ahead left to a cancelled run", 365 * 24 * 3_600_000],
])("a lease %s keeps no other run of its kind waiting", async (_case, aheadMs) => {
  const ports = await openTestPorts();
  const job = countingJob({ chunkConcurrency: 1 });
  const scope = () => ({ worker: "w", now: ports.clock.now(), chunkConcurrency: { count: 1 }, lanes: [0, 1] });
  const planOnly = { ...job, definition: { ...job.definition, chunkConcurrency: 0 } };
  const claimNext = async () => {
    const planning = await claimPlanning(ports.db, scope());
    if (planning) await planRun(ports, planOnly, planning, never);
    return claimChunk(ports.db, scope());
  };
  const first = await start(ports, job, 1);
  const second = await start(ports, job, 1);
  ports.advance(aheadMs);
  expect((await claimNext())?.runId).toBe(first.runId);
  expect(await claimNext()).toBeNull();
  ports.advance(-aheadMs);
  await cancelRun(ports, { runId: first.runId, actor });
  expect((await claimChunk(ports.db, scope()))?.runId).toBe(second.runId);
});

test("a lease that a clock ahead left to a dead worker runs out within its length, and a live worker keeps its own", async () => {
  const ports = await openTestPorts();
  const job = countingJob({ chunkSize: 1, chunkConcurrency: 4 });
  const scope = () => ({ worker: "w", now: ports.clock.now(), chunkConcurrency: { count: 4 }, lanes: [0, 1] });
  await start(ports, job, 2);
  const planning = await claimPlanning(ports.db, scope());
  if (planning) await planRun(ports, job, planning, never);
  const YEAR = 365 * 24 * 3_600_000;
  ports.advance(YEAR);
  const [dead, alive] = [await claimChunk(ports.db, scope()), await claimChunk(ports.db, scope())];
  if (!dead || !alive) throw new Error("Nothing was planned");
  ports.advance(-YEAR);
  expect(await claimChunk(ports.db, scope())).toBeNull();
  ports.advance(14_000);
  await holdChunk(ports.db, alive, ports.clock.now());
  expect(await claimChunk(ports.db, scope())).toBeNull();
  ports.advance(2_000);
  expect(await claimChunk(ports.db, scope())).toMatchObject({ seq: dead.seq, token: dead.token + 1 });
});
