import { expect, onTestFinished, test } from "vitest";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { runWorker, workOnRun } from "~/features/job-runs/engine/worker.server";
import type { ItemResult, SetHandler } from "~/features/job-runs/kinds/handler";
import { type Job, toJobs } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { Ports } from "~/ports/index.server";
import { sql, valuesOf } from "~/ports/sql.server";
import { countingJob, type Numbers } from "../../../../tests/support/world/counting-job";
import { openTestPorts } from "../../../../tests/support/world/nowhere";

const actor = { id: "operator:1", name: "Mina" };
const never = new AbortController().signal;
const done: ItemResult = { outcome: "succeeded", after: { done: true } };
const skipped: ItemResult = { outcome: "skipped", reason: "Not needed" };
const failed = (errorClass: string, retryable = false): ItemResult => ({
  outcome: "failed",
  errorClass,
  error: "The store refused this.",
  retryable,
});

/** `result` says how each number ends, and `restore` how its undo does. */
const numbersJob = (result: (n: number) => ItemResult, restore: () => ItemResult = () => done) =>
  countingJob({
    kind: "numbers",
    chunkSize: 100,
    apply: async (_ports, item) => result(Number(item.subject)),
    undo: { findConflicts: async (_ports, items) => items.map(() => null), restore: async () => restore() },
  });

async function start(ports: Ports, job: Job, items: number): Promise<number> {
  return (await startRun(ports, job.definition, { payload: { items }, actor, autoApply: true })).runId;
}

async function read(ports: Ports, runId: number) {
  const run = await readRun(ports, runId);
  if (!run) throw new Error("no run");
  const rows = await ports.db.jobItem.groupBy({ by: ["outcome"], where: { runId }, _count: { _all: true } });
  const of = (outcome: string) => rows.find((row) => row.outcome === outcome)?._count._all ?? 0;
  // Counters are held against the rows wherever a test reads a run.
  expect([run.succeeded, run.failed, run.skipped]).toEqual([of("succeeded"), of("failed"), of("skipped")]);
  return run;
}

async function carryOut(ports: Ports, job: Job, items: number) {
  const runId = await start(ports, job, items);
  await workOnRun(ports, job, runId, never);
  return read(ports, runId);
}

const words = (count: string) =>
  new RegExp(
    `^${count} items failed the same way \\(denied\\) and none succeeded in between: The store refused this\\. Resume the run to go on, or cancel it\\.$`,
  );

test("a run whose first items all fail the same way pauses itself, and says why", async () => {
  const ports = await openTestPorts();
  const run = await carryOut(
    ports,
    numbersJob(() => failed("denied")),
    1_000,
  );
  expect(run).toMatchObject({ status: "paused", succeeded: 0 });
  expect(run.pauseReason).toMatch(words("\\d\\d"));
  // Two loops, each with four lanes in flight when the twentieth is written.
  expect(run.failed).toBeGreaterThanOrEqual(20);
  expect(run.failed).toBeLessThan(60);
  expect(await ports.db.auditEvent.findMany({ where: { action: "run.pause" } })).toMatchObject([
    { actor: "console", detail: JSON.stringify({ reason: run.pauseReason }) },
  ]);
});

test("three workers pause it together: once, with little more lost than by one", async () => {
  const ports = await openTestPorts();
  const job = numbersJob(() => failed("denied"));
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const workers = [1, 2, 3].map(() => runWorker(ports, new Map([["numbers", job]]), stop.signal));
  const runId = await start(ports, job, 1_000);
  await expect.poll(async () => (await read(ports, runId)).status).toBe("paused");
  const leases = { where: { runId, leaseUntil: { not: null } } };
  await expect.poll(() => ports.db.jobChunk.count(leases)).toBe(0);
  stop.abort();
  await Promise.all(workers);
  expect((await read(ports, runId)).failed).toBeLessThan(120);
  expect(await ports.db.auditEvent.count({ where: { action: "run.pause" } })).toBe(1);
});

test("resumed, it goes on, and pauses only once ten times as many have failed since", async () => {
  const ports = await openTestPorts();
  let answer = failed("denied");
  const job = numbersJob(() => answer);
  const first = await carryOut(ports, job, 1_000);
  await resumeRun(ports, { runId: first.id, actor });
  await workOnRun(ports, job, first.id, never);
  const second = await read(ports, first.id);
  expect(second).toMatchObject({ status: "paused" });
  expect(second.failed - first.failed).toBeGreaterThanOrEqual(200);
  expect(second.failed).toBeLessThan(320);
  expect(second.pauseReason).toMatch(words("2\\d\\d"));
  answer = done;
  await resumeRun(ports, { runId: first.id, actor });
  await workOnRun(ports, job, first.id, never);
  expect(await read(ports, first.id)).toMatchObject({ status: "succeeded", failed: second.failed, pauseReason: null });
  expect(await retryFailed(ports, toJobs([job]), { runId: first.id, actor })).toBe(second.failed);
  await workOnRun(ports, job, first.id, never);
  expect(await read(ports, first.id)).toMatchObject({ status: "succeeded", succeeded: 1_000, failed: 0 });
});

test.each<[string, (n: number) => ItemResult, number, object]>([
  ["a plan of fewer items ends, however they fail", () => failed("denied"), 19, { status: "succeeded", failed: 19 }],
  ["the last of 20 ends the run, and there is nothing to pause", () => failed("denied"), 20, { status: "succeeded" }],
  [
    "one that succeeds now and then shows that it can be done",
    (n) => (n % 10 === 5 ? done : failed("denied")),
    300,
    {},
  ],
  ["pictures that cannot be read say nothing of the next", (n) => (n < 120 ? failed("undecodable") : done), 300, {}],
  ["skipped items are no failures", () => skipped, 300, { status: "succeeded", skipped: 300 }],
  ["different ways are no one cause", (n) => failed(`odd-${n % 30}`), 300, { status: "succeeded", failed: 300 }],
])("does not pause: %s", async (_case, result, items, expected) => {
  const ports = await openTestPorts();
  expect(await carryOut(ports, numbersJob(result), items)).toMatchObject({ ...expected, pauseReason: null });
});

test("keys that run out midway pause the run too, and a retry before they are renewed", async () => {
  const ports = await openTestPorts();
  let areKeysValid = true;
  let begun = 0;
  const job = numbersJob(() => {
    begun += 1;
    if (begun > 300) areKeysValid = false;
    return areKeysValid ? done : failed("s3-denied");
  });
  const run = await carryOut(ports, job, 2_000);
  expect(run).toMatchObject({ status: "paused", succeeded: 300 });
  expect(run.failed).toBeGreaterThanOrEqual(20);
  expect(run.failed).toBeLessThan(60);
  expect(await retryFailed(ports, toJobs([job]), { runId: run.id, actor })).toBe(run.failed);
  await resumeRun(ports, { runId: run.id, actor });
  await workOnRun(ports, job, run.id, never);
  const retried = await read(ports, run.id);
  expect(retried).toMatchObject({ status: "paused", succeeded: 300 });
  expect(retried.failed).toBeLessThan(320);
});

test("a retryable failure that passes at the next attempt is none", async () => {
  const ports = await openTestPorts();
  const tried = new Set<number>();
  const job = numbersJob((n) => {
    if (tried.has(n)) return done;
    tried.add(n);
    return failed("unavailable", true);
  });
  expect(await carryOut(ports, job, 60)).toMatchObject({ status: "succeeded", succeeded: 60 });
});

test("skipped items and a few other failures among them hide nothing", async () => {
  const ports = await openTestPorts();
  const job = numbersJob((n) => (n % 2 === 0 ? skipped : n % 15 === 0 ? failed("odd") : failed("denied")));
  const run = await carryOut(ports, job, 1_000);
  expect(run.status).toBe("paused");
  expect(run.pauseReason).toMatch(words("\\d\\d"));
});

test("an undo whose first items all fail the same way pauses itself too", async () => {
  const ports = await openTestPorts();
  const job = numbersJob(
    () => done,
    () => failed("denied"),
  );
  const run = await carryOut(ports, job, 200);
  const undo = await undoRun(ports, toJobs([job]), { runId: run.id, actor });
  await workOnRun(ports, job, undo.runId, never);
  const { planHash } = await read(ports, undo.runId);
  await applyRun(ports, toJobs([job]), { runId: undo.runId, actor, planHash: planHash ?? "" });
  await workOnRun(ports, job, undo.runId, never);
  expect((await read(ports, undo.runId)).pauseReason).toMatch(words("\\d\\d"));
});

test("a set-based kind pauses after its first chunk", async () => {
  const ports = await openTestPorts();
  const { definition } = numbersJob(() => done);
  const handler: SetHandler<Numbers> = {
    async *planSet(_ports, { payload: { items } }) {
      const numbers = Array.from({ length: items }, (_, n) => n);
      yield sql`SELECT "value" AS "position", "value" AS "subject", NULL AS "label", NULL AS "before", NULL AS "target"
                  FROM ${valuesOf(numbers)}`;
      return {};
    },
    applyChunk: async (tx, { runId, firstSeq, lastSeq }) => {
      await tx.$executeRaw`
        UPDATE "JobItem" SET "outcome" = 'failed', "errorClass" = 'denied', "error" = 'The store refused this.'
         WHERE "runId" = ${runId} AND "seq" BETWEEN ${firstSeq} AND ${lastSeq} AND "outcome" IS NULL`;
    },
  };
  const run = await carryOut(ports, { definition, handler }, 1_000);
  expect(run).toMatchObject({ status: "paused", failed: 100 });
  expect(run.pauseReason).toMatch(words("100"));
});
