import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { cancelRun, pauseRun, resumeRun } from "~/features/job-runs/commands/steer-run.server";
import type { ItemResult } from "~/features/job-runs/kinds/handler";
import { type Job, toJobs } from "~/features/job-runs/kinds/job";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { Ports } from "~/ports/index.server";
import { countingJob } from "../../../../tests/support/world/counting-job";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { claimChunk, claimPlanning } from "./ledger/claim.sql.server";
import { planRun } from "./plan-run.server";
import { runChunk } from "./run-chunk.server";
import { runWorker, workOnRun } from "./worker.server";

const actor = { id: "script:test", name: "test" };
const never = new AbortController().signal;

async function runToEnd(ports: Ports, job: Job, items: number) {
  const { runId } = await startRun(ports, job.definition, { payload: { items }, actor, autoApply: true });
  await workOnRun(ports, job, runId, never);
  const run = await readRun(ports, runId);
  if (!run) throw new Error("no run");
  return run;
}

const failure = (errorClass: string, retryable: boolean): ItemResult => ({
  outcome: "failed",
  errorClass,
  error: "It did not work. Try again.",
  retryable,
});

test("a plan freezes its items, changes nothing, and is applied only by its own hash", async () => {
  const ports = await openTestPorts();
  const job = countingJob();
  const { runId } = await startRun(ports, job.definition, { payload: { items: 33 }, actor });
  await workOnRun(ports, job, runId, never);
  const planned = await readRun(ports, runId);
  expect(planned).toMatchObject({ status: "planned", planned: 33, done: 0, summary: { facts: [{ value: "33" }] } });
  expect(job.seen).toEqual([]);

  await expect(applyRun(ports, toJobs([job]), { runId, actor, planHash: "another" })).rejects.toMatchObject({
    code: "stale-plan",
  });
  await applyRun(ports, toJobs([job]), { runId, actor, planHash: planned?.planHash ?? "" });
  await expect(
    applyRun(ports, toJobs([job]), { runId, actor, planHash: planned?.planHash ?? "" }),
  ).rejects.toMatchObject({
    code: "conflict",
  });

  await workOnRun(ports, job, runId, never);
  expect(await readRun(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 33, done: 33, etaSeconds: null });
  expect(job.seen).toHaveLength(33);
});

test("a plan with a risk waits for a person, who must accept it; the items then know, and the audit log too", async () => {
  const ports = await openTestPorts();
  const risk = "An object that somebody writes in between is replaced.";
  const consents: boolean[] = [];
  const job = countingJob({
    async *plan(_ports, { payload }) {
      yield Array.from({ length: payload.items }, (_, n) => ({ subject: String(n) }));
      return { needsConsent: risk, warnings: ["2 tags are lost."] };
    },
    async apply(_ports, _item, { hasConsent }) {
      consents.push(hasConsent);
      return { outcome: "succeeded" };
    },
  });
  const { id: runId, ...run } = await runToEnd(ports, job, 2);
  expect(run).toMatchObject({ status: "planned", autoApply: false, appliedAt: null, summary: { needsConsent: risk } });
  const apply = { runId, actor, planHash: run.planHash ?? "" };
  await expect(applyRun(ports, toJobs([job]), apply)).rejects.toThrow(
    `must be accepted first, by the box beside Apply or with`,
  );
  await applyRun(ports, toJobs([job]), { ...apply, acceptsRisk: true });
  await workOnRun(ports, job, runId, never);
  expect(await readRun(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 2 });
  expect(consents).toEqual([true, true]);
  const applied = await ports.db.auditEvent.findMany({ where: { action: "run.apply" } });
  expect(applied.map(({ detail }) => JSON.parse(detail))).toEqual([{ acceptedRisk: risk }]);
});

test("a plan older than a day is refused", async () => {
  const ports = await openTestPorts();
  const job = countingJob();
  const { runId } = await startRun(ports, job.definition, { payload: { items: 1 }, actor });
  await workOnRun(ports, job, runId, never);
  const run = await readRun(ports, runId);
  ports.advance(24 * 60 * 60 * 1000 + 1);
  await expect(applyRun(ports, toJobs([job]), { runId, actor, planHash: run?.planHash ?? "" })).rejects.toThrow(
    "older than 24 hours",
  );
});

test("the same items give the same plan hash, another item another", async () => {
  const ports = await openTestPorts();
  const hashes = new Set<string | null>();
  for (const items of [5, 5, 6]) hashes.add((await runToEnd(ports, countingJob(), items)).planHash);
  expect(hashes.size).toBe(2);
});

test("a run without items succeeds at once", async () => {
  const ports = await openTestPorts();
  expect(await runToEnd(ports, countingJob(), 0)).toMatchObject({ status: "succeeded", planned: 0 });
});

test("one bad item stops nothing: throwing, hanging and nonsense become failed items with a class", async () => {
  const ports = await openTestPorts();
  const job = countingJob({
    itemTimeoutMs: 100,
    apply: async (_ports, item) => {
      if (item.subject === "1") throw new Error("boom");
      if (item.subject === "2") await new Promise(() => {});
      if (item.subject === "3") return JSON.parse('{"outcome":"maybe"}');
      if (item.subject === "4") return { outcome: "skipped", reason: "not needed" };
      return { outcome: "succeeded" };
    },
  });
  const run = await runToEnd(ports, job, 12);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 8, failed: 3, skipped: 1 });
  expect(run.failures.map(({ errorClass, count }) => [errorClass, count])).toEqual([
    ["internal", 2],
    ["timeout", 1],
  ]);
});

test("only retryable failures are tried again, as often as the definition says", async () => {
  const ports = await openTestPorts();
  let calls = 0;
  const job = countingJob({
    apply: async (_ports, item) => {
      if (item.subject === "0") return failure("refused", false);
      if (item.subject === "1") return failure("unavailable", true);
      calls += 1;
      return calls === 1 ? failure("unavailable", true) : { outcome: "succeeded" };
    },
  });
  const run = await runToEnd(ports, job, 3);
  const { items } = await readItems(ports, { runId: run.id });
  expect(items.map(({ outcome, attempts }) => [outcome, attempts])).toEqual([
    ["failed", 1],
    ["failed", 3],
    ["succeeded", 2],
  ]);
});

test("rows that an outcome brings are written with it, and rows that are refused fail that item alone", async () => {
  const ports = await openTestPorts();
  const job = countingJob({
    apply: async (_ports, item) => ({
      outcome: "succeeded",
      write: (tx) =>
        tx.owner.create({ data: { id: item.subject === "2" ? "1" : item.subject, name: "x", createdAt: new Date() } }),
    }),
  });
  const run = await runToEnd(ports, job, 5);
  expect(run).toMatchObject({ succeeded: 4, failed: 1 });
  expect(await ports.db.owner.count()).toBe(4);
});

test("a planning that throws leaves the run failed with its sentence", async () => {
  const ports = await openTestPorts();
  const job = countingJob({
    // biome-ignore lint/correctness/useYield: a plan that fails before its first page
    plan: async function* () {
      throw new Error("The bucket is not there.");
    },
  });
  expect(await runToEnd(ports, job, 1)).toMatchObject({ status: "failed", error: "The bucket is not there." });
});

test("a worker whose lease ran out cannot record: the one that took over does, once", async () => {
  const ports = await openTestPorts();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = countingJob({ apply: async () => held.then(() => ({ outcome: "succeeded", after: "late" })) });
  const { runId } = await startRun(ports, slow.definition, { payload: { items: 3 }, actor, autoApply: true });
  const scope = { worker: "late", chunkConcurrency: { count: 4 }, lanes: [0, 1] };
  const planning = await claimPlanning(ports.db, { ...scope, now: ports.clock.now() });
  if (!planning) throw new Error("nothing to plan");
  await planRun(ports, slow, planning, never);
  const chunk = await claimChunk(ports.db, { ...scope, now: ports.clock.now() });
  if (!chunk) throw new Error("no chunk");
  expect(await claimChunk(ports.db, { ...scope, now: ports.clock.now() })).toBeNull();
  const late = runChunk(ports, slow, chunk, { drain: never, stop: never });

  ports.advance(15_001);
  await workOnRun(ports, countingJob({ apply: async () => ({ outcome: "succeeded", after: "prompt" }) }), runId, never);
  release();
  await late;
  const { items } = await readItems(ports, { runId });
  expect(items.map((item) => item.after)).toEqual(['"prompt"', '"prompt"', '"prompt"']);
  expect(await readRun(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 3 });
});

test("tallies equal the rows when several workers share a run, and no item is done twice", async () => {
  const ports = await openTestPorts();
  const job = countingJob({
    chunkSize: 7,
    apply: async (_ports, item) => (Number(item.subject) % 5 === 0 ? failure("odd", false) : { outcome: "succeeded" }),
  });
  const { runId } = await startRun(ports, job.definition, { payload: { items: 500 }, actor, autoApply: true });
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const workers = [1, 2, 3].map(() => runWorker(ports, new Map([["count", job]]), stop.signal));
  await expect.poll(async () => (await readRun(ports, runId))?.status).toBe("succeeded");
  stop.abort();
  await Promise.all(workers);
  const run = await readRun(ports, runId);
  const rows = await ports.db.jobItem.groupBy({ by: ["outcome"], where: { runId }, _count: { _all: true } });
  expect(rows.map((row) => [row.outcome, row._count._all])).toEqual([
    ["failed", run?.failed],
    ["succeeded", run?.succeeded],
  ]);
  expect(run).toMatchObject({ succeeded: 400, failed: 100, done: 500 });
  expect(job.seen).toHaveLength(500);
});

test("a stopped worker lets items in flight end, gives its chunk back at once, and another goes on", async () => {
  const ports = await openTestPorts();
  const stop = new AbortController();
  const job = countingJob({
    apply: async () => {
      await sleep(20);
      return { outcome: "succeeded" };
    },
  });
  const { runId } = await startRun(ports, job.definition, { payload: { items: 100 }, actor, autoApply: true });
  const worker = runWorker(ports, new Map([["count", job]]), stop.signal);
  await expect.poll(() => job.seen.length).toBeGreaterThan(4);
  stop.abort();
  await worker;
  const done = (await readRun(ports, runId))?.done ?? 0;
  expect(done).toBe(job.seen.length);
  await workOnRun(ports, job, runId, never);
  expect(await readRun(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 100 });
  expect(job.seen).toHaveLength(100);
});

test("a cancelled run keeps what is done and does no more", async () => {
  const ports = await openTestPorts();
  const job = countingJob({
    apply: async () => {
      await sleep(30);
      return { outcome: "succeeded" };
    },
  });
  const { runId } = await startRun(ports, job.definition, { payload: { items: 2000 }, actor, autoApply: true });
  const work = workOnRun(ports, job, runId, never);
  await expect.poll(() => job.seen.length).toBeGreaterThan(4);
  await cancelRun(ports, { runId, actor });
  await work;
  const run = await readRun(ports, runId);
  expect(run?.status).toBe("cancelled");
  expect(run?.done).toBeGreaterThan(0);
  expect(run?.done).toBe(job.seen.length);
  expect(run?.done).toBeLessThan(2_000);
  await expect(cancelRun(ports, { runId, actor })).rejects.toMatchObject({ code: "conflict" });
});

test("a paused run lets go, does nothing while paused, and goes on where it stopped", async () => {
  const ports = await openTestPorts();
  const job = countingJob({
    apply: async () => {
      await sleep(20);
      return { outcome: "succeeded" };
    },
  });
  const { runId } = await startRun(ports, job.definition, { payload: { items: 300 }, actor, autoApply: true });
  const work = workOnRun(ports, job, runId, never);
  await expect.poll(() => job.seen.length).toBeGreaterThan(4);
  await pauseRun(ports, { runId, actor });
  await work;
  const seen = job.seen.length;
  await workOnRun(ports, job, runId, never);
  expect(job.seen).toHaveLength(seen);
  await expect(pauseRun(ports, { runId, actor })).rejects.toMatchObject({ code: "conflict" });

  await resumeRun(ports, { runId, actor });
  await workOnRun(ports, job, runId, never);
  expect(await readRun(ports, runId)).toMatchObject({ status: "succeeded", succeeded: 300 });
});

test("failed items are tried again, all or by class, and tallies equal the rows", async () => {
  const ports = await openTestPorts();
  let isBroken = true;
  const job = countingJob({
    apply: async (_ports, item) => {
      const n = Number(item.subject);
      if (isBroken && n % 3 === 0) return failure(n % 2 === 0 ? "even" : "odd", false);
      return { outcome: "succeeded" };
    },
  });
  const run = await runToEnd(ports, job, 60);
  expect(run).toMatchObject({ succeeded: 40, failed: 20 });
  isBroken = false;
  expect(await retryFailed(ports, toJobs([job]), { runId: run.id, actor, errorClass: "even" })).toBe(10);
  expect(await readRun(ports, run.id)).toMatchObject({ status: "pending", failed: 10, done: 50 });
  await workOnRun(ports, job, run.id, never);
  expect(await readRun(ports, run.id)).toMatchObject({ status: "succeeded", succeeded: 50, failed: 10 });
  expect(await retryFailed(ports, toJobs([job]), { runId: run.id, actor })).toBe(10);
  await workOnRun(ports, job, run.id, never);
  expect(await readRun(ports, run.id)).toMatchObject({ status: "succeeded", succeeded: 60, failed: 0 });
  const { items } = await readItems(ports, { runId: run.id });
  expect(items.map((item) => item.attempts)).toEqual(items.map((_, n) => (n % 3 === 0 ? 2 : 1)));
  await expect(retryFailed(ports, toJobs([job]), { runId: run.id, actor })).rejects.toMatchObject({ code: "conflict" });
});
