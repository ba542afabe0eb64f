import { expect, test } from "vitest";
import { z } from "zod";
import { dayOf } from "~/features/format";
import { claimChunk, holdChunk } from "~/features/job-runs/engine/ledger/claim.sql.server";
import { LeaseLost } from "~/features/job-runs/engine/ledger/lease-lost";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemHandler, ItemResult } from "~/features/job-runs/kinds/handler";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { betweenWrites } from "../../../../tests/support/between-writes";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { applyRun } from "./apply-run.server";
import { retryFailed } from "./retry-failed.server";
import { startRun } from "./start-run.server";
import { cancelRun } from "./steer-run.server";
import { undoRun } from "./undo-run.server";

type Ports = Awaited<ReturnType<typeof openTestPorts>>;

const actor = { id: "operator:1", name: "Mina" };
const HOUR_MS = 60 * 60_000;
const never = new AbortController().signal;
const nameOf = z.object({ name: z.string() });

const renameOwners = defineJob({
  kind: "rename-owners",
  title: "Rename owners",
  payload: z.object({ suffix: z.string() }),
  lane: "interactive",
  chunkSize: 200,
  itemConcurrency: 8,
  chunkConcurrency: 4,
  retry: { attempts: 1, baseMs: 1, maxMs: 1 },
  itemTimeoutMs: 60_000,
  guard: null,
});

/** Sets the name if it still is what it was: the check and the change are one statement. */
function rename(id: string, from: string, to: string): ItemResult {
  return {
    outcome: "succeeded",
    after: { name: to },
    write: (tx) => tx.owner.update({ where: { id, name: from }, data: { name: to } }),
  };
}

const handler: ItemHandler<{ suffix: string }> = {
  async *plan({ db }, { payload }) {
    const owners = await db.owner.findMany({ orderBy: { id: "asc" } });
    for (let start = 0; start < owners.length; start += 1000) {
      yield owners.slice(start, start + 1000).map(({ id, name }) => ({
        subject: id,
        before: { name },
        target: { name: name + payload.suffix },
      }));
    }
    return {};
  },
  async apply(_ports, item) {
    return rename(item.subject, nameOf.parse(item.before).name, nameOf.parse(item.target).name);
  },
  undo: {
    async findConflicts({ db }, items) {
      const rows = await db.owner.findMany({ where: { id: { in: items.map((item) => item.subject) } } });
      const names = new Map(rows.map((row) => [row.id, row.name]));
      return items.map(({ subject, before }) =>
        names.get(subject) === nameOf.parse(before).name ? null : `${subject} is now called “${names.get(subject)}”`,
      );
    },
    async restore({ db }, item) {
      const before = nameOf.parse(item.before).name;
      const row = await db.owner.findUnique({ where: { id: item.subject } });
      if (row?.name !== before) return { outcome: "skipped", reason: "This owner changed since the run" };
      return rename(item.subject, before, nameOf.parse(item.target).name);
    },
  },
};
const job = pair(renameOwners, handler);
const jobs = toJobs([job]);

async function createOwners(ports: Ports, count: number) {
  const createdAt = ports.clock.now();
  const data = Array.from({ length: count }, (_, n) => ({
    id: `owner-${String(n).padStart(5, "0")}`,
    name: `Name ${n}`,
    createdAt,
  }));
  await ports.db.owner.createMany({ data });
}

/** Plans a started run, reads it, applies it, and reads it again. */
async function carryOut(ports: Ports, runId: number) {
  await workOnRun(ports, job, runId, never);
  const planned = await readRun(ports, runId);
  await applyRun(ports, jobs, { runId, actor, planHash: planned?.planHash ?? "" });
  await workOnRun(ports, job, runId, never);
  return { planned, run: await readRun(ports, runId) };
}

const names = async (ports: Ports) =>
  (await ports.db.owner.findMany({ orderBy: { id: "asc" } })).map((row) => row.name);

test("an undo puts back 2,000 changed rows except the 3 that someone changed in between", async () => {
  const ports = await openTestPorts();
  await createOwners(ports, 2_000);
  const original = await names(ports);
  const { runId } = await startRun(ports, renameOwners, { payload: { suffix: "!" }, actor });
  await carryOut(ports, runId);
  expect((await names(ports)).every((name) => name.endsWith("!"))).toBe(true);
  const touched = ["owner-00007", "owner-01000", "owner-01999"];
  await ports.db.owner.updateMany({ where: { id: { in: touched } }, data: { name: "Someone else" } });

  const undo = await undoRun(ports, jobs, { runId, actor });
  const { planned, run } = await carryOut(ports, undo.runId);
  expect(planned?.summary?.conflicts).toMatchObject({ count: 3 });
  expect(planned?.summary?.conflicts?.sample).toContain("owner-01000 is now called “Someone else”");
  expect(run).toMatchObject({ status: "succeeded", succeeded: 1_997, skipped: 3, failed: 0 });
  const { items } = await readItems(ports, { runId: undo.runId, outcome: "skipped" });
  expect(items.map((item) => item.subject).sort()).toEqual(touched);
  const expected = original.map((name, n) =>
    touched.includes(`owner-${String(n).padStart(5, "0")}`) ? "Someone else" : name,
  );
  expect(await names(ports)).toEqual(expected);
});

test("a run is undone once; its undo may be undone, which does it again", async () => {
  const ports = await openTestPorts();
  await createOwners(ports, 3);
  const { runId } = await startRun(ports, renameOwners, { payload: { suffix: "!" }, actor });
  await carryOut(ports, runId);
  const undo = await undoRun(ports, jobs, { runId, actor });
  await expect(undoRun(ports, jobs, { runId, actor })).rejects.toThrow(`already undone by run ${undo.runId}`);
  await carryOut(ports, undo.runId);
  expect(await names(ports)).toEqual(["Name 0", "Name 1", "Name 2"]);

  const redo = await undoRun(ports, jobs, { runId: undo.runId, actor });
  await carryOut(ports, redo.runId);
  expect(await names(ports)).toEqual(["Name 0!", "Name 1!", "Name 2!"]);
});

test("only a finished run of a kind that can be undone is undone", async () => {
  const ports = await openTestPorts();
  await createOwners(ports, 1);
  const { runId } = await startRun(ports, renameOwners, { payload: { suffix: "!" }, actor });
  await expect(undoRun(ports, jobs, { runId, actor })).rejects.toThrow("is planning");
  await expect(undoRun(ports, toJobs([]), { runId, actor })).rejects.toMatchObject({ code: "invalid" });
  await expect(undoRun(ports, jobs, { runId: 99, actor })).rejects.toMatchObject({ code: "not-found" });
});

test("a run is undone for 90 days after its end, whether its items were removed or not", async () => {
  const ports = await openTestPorts();
  await createOwners(ports, 1);
  const { runId } = await startRun(ports, renameOwners, { payload: { suffix: "!" }, actor });
  await carryOut(ports, runId);
  const { finishedAt } = await ports.db.jobRun.findUniqueOrThrow({ where: { id: runId } });
  const end = (finishedAt?.getTime() ?? 0) + 90 * 24 * HOUR_MS;
  ports.advance(end - HOUR_MS - ports.clock.now().getTime());
  const undo = await undoRun(ports, jobs, { runId, actor });
  await cancelRun(ports, { runId: undo.runId, actor });
  ports.advance(HOUR_MS);
  await expect(undoRun(ports, jobs, { runId, actor })).rejects.toMatchObject({
    code: "conflict",
    message: `Run ${runId} could be undone until ${dayOf(new Date(end))}. Its items and what it moved to trash/ are no longer kept. Start a new run instead.`,
  });
});

test("every command on a run is in the audit log, with who gave it", async () => {
  const ports = await openTestPorts();
  await createOwners(ports, 1);
  const { runId } = await startRun(ports, renameOwners, { payload: { suffix: "!" }, actor });
  await carryOut(ports, runId);
  await undoRun(ports, jobs, { runId, actor });
  const events = await ports.db.auditEvent.findMany({ orderBy: { id: "asc" } });
  expect(events.map(({ action, actorName, subject }) => [action, actorName, subject])).toEqual([
    ["run.start", "Mina", `run:${runId}`],
    ["run.apply", "Mina", `run:${runId}`],
    ["run.undo", "Mina", `run:${runId + 1}`],
  ]);
});

test("an undo that is asked for at once knows of the items that were in flight when the run was cancelled", async () => {
  const ports = await openTestPorts();
  await createOwners(ports, 3);
  const before = await names(ports);
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let begun = 0;
  const slow: ItemHandler<{ suffix: string }> = {
    ...handler,
    async apply(_ports, item, context) {
      begun += 1;
      await opened;
      return handler.apply(_ports, item, context);
    },
  };
  const { runId } = await startRun(ports, renameOwners, { payload: { suffix: "!" }, actor, autoApply: true });
  const work = workOnRun(ports, { ...job, handler: slow }, runId, never);
  await expect.poll(() => begun).toBe(3);
  await cancelRun(ports, { runId, actor });
  const undo = await undoRun(ports, jobs, { runId, actor });
  const undoing = carryOut(ports, undo.runId);
  await expect.poll(() => ports.db.jobRun.count({ where: { id: undo.runId, worker: { not: null } } })).toBe(1);
  open();
  const { planned, run } = await undoing;
  await work;
  expect([planned, run]).toMatchObject([{ planned: 3 }, { succeeded: 3 }]);
  expect(await names(ports)).toEqual(before);
});

/** Renames owners, all but the second of them, whose item fails. */
async function runThatHalfFails(ports: Ports): Promise<number> {
  const half: ItemHandler<{ suffix: string }> = {
    ...handler,
    async apply(_ports, item, context) {
      if (item.seq === 1) return { outcome: "failed", errorClass: "no-luck", error: "Not this one." };
      return handler.apply(_ports, item, context);
    },
  };
  const { runId } = await startRun(ports, renameOwners, { payload: { suffix: "!" }, actor, autoApply: true });
  await workOnRun(ports, { ...job, handler: half }, runId, never);
  return runId;
}

test("what failed is not retried once the run is undone, or is to be", async () => {
  const ports = await openTestPorts();
  await createOwners(ports, 3);
  const runId = await runThatHalfFails(ports);
  const undo = await undoRun(ports, jobs, { runId, actor });
  const refusal = {
    code: "conflict",
    message: `Run ${runId} is undone by run ${undo.runId}. Start a new run instead.`,
  };
  await expect(retryFailed(ports, jobs, { runId, actor })).rejects.toMatchObject(refusal);
  await cancelRun(ports, { runId: undo.runId, actor });
  expect(await retryFailed(ports, jobs, { runId, actor })).toBe(1);
});

test("a run that is retried while its undo is asked for is not undone", async () => {
  const ports = await openTestPorts();
  await createOwners(ports, 2);
  const runId = await runThatHalfFails(ports);
  const write: Ports["db"]["$write"] = async (work) => {
    await retryFailed(ports, jobs, { runId, actor });
    return ports.db.$write(work);
  };
  const db = new Proxy(ports.db, { get: (target, name) => (name === "$write" ? write : Reflect.get(target, name)) });
  await expect(undoRun({ ...ports, db }, jobs, { runId, actor })).rejects.toMatchObject({
    code: "conflict",
    message: `Run ${runId} is waiting for a worker. Wait until it ends or cancel it, then undo it.`,
  });
  expect(await ports.db.jobRun.count()).toBe(1);
});

test.each([
  [
    "canceled",
    (ports: Ports, runId: number) => cancelRun(ports, { runId, actor }),
    (runId: number) =>
      `Run ${runId} is canceled now. Of its failed items 1\u202f000 had been opened again; the rest stays as it is.`,
  ],
  [
    "done and undone",
    async (ports: Ports, runId: number) => {
      await ports.db.jobRun.update({ where: { id: runId }, data: { status: "succeeded", finishedAt: new Date() } });
      await undoRun(ports, jobs, { runId, actor });
    },
    (runId: number) => `Run ${runId} is undone by run ${runId + 1}. Start a new run instead.`,
  ],
])("a run that is %s while its many failed items are opened again keeps the rest as it is", async (_, act, refusal) => {
  const ports = await openTestPorts();
  const { db, clock } = ports;
  await createOwners(ports, 1_200);
  const { runId } = await startRun(ports, renameOwners, { payload: { suffix: "!" }, actor });
  await carryOut(ports, runId);
  const failed = { outcome: "failed", errorClass: "s3", error: "S3 was not reachable.", finishedAt: clock.now() };
  await db.jobItem.updateMany({ where: { runId }, data: failed });
  await db.jobChunk.updateMany({ where: { runId }, data: { failed: 200, succeeded: 0, skipped: 0 } });
  const press = retryFailed({ clock, db: betweenWrites(db, () => act(ports, runId)) }, jobs, { runId, actor });
  await expect(press).rejects.toMatchObject({ code: "conflict", message: refusal(runId) });
  expect(await db.jobItem.count({ where: { runId, outcome: "failed" } })).toBe(200);
});

test("a worker that wakes after the undo of its cancelled run may do nothing more", async () => {
  const ports = await openTestPorts();
  await createOwners(ports, 3);
  const { runId } = await startRun(ports, renameOwners, { payload: { suffix: "!" }, actor });
  await workOnRun(ports, job, runId, never);
  const planned = await readRun(ports, runId);
  await applyRun(ports, jobs, { runId, actor, planHash: planned?.planHash ?? "" });
  const chunkConcurrency = { "rename-owners": 1 };
  const chunk = await claimChunk(ports.db, { worker: "late", now: ports.clock.now(), chunkConcurrency, lanes: [0] });
  if (!chunk) throw new Error("one chunk");
  await cancelRun(ports, { runId, actor });
  ports.advance(16_000);
  const undo = await undoRun(ports, jobs, { runId, actor });
  expect((await carryOut(ports, undo.runId)).run).toMatchObject({ planned: 0, status: "succeeded" });
  await expect(holdChunk(ports.db, chunk, ports.clock.now())).rejects.toThrow(LeaseLost);
});

test("what an undo may lose is said of those that it can put back, and seen in pages", async () => {
  const ports = await openTestPorts();
  await createOwners(ports, 1_500);
  const { runId } = await startRun(ports, renameOwners, { payload: { suffix: "!" }, actor });
  await carryOut(ports, runId);
  await ports.db.owner.update({ where: { id: "owner-00007" }, data: { name: "Someone else" } });
  const pages: number[] = [];
  const undo: NonNullable<typeof handler.undo> = {
    ...handler.undo,
    findConflicts: async (...given) => handler.undo?.findConflicts(...given) ?? [],
    restore: async () => ({ outcome: "succeeded" }),
    foresee: () => ({
      see: (items) => pages.push(items.length),
      tell: async () => ({ warnings: [`${pages.reduce((sum, n) => sum + n, 0)} names lose their mark.`] }),
    }),
  };
  const { runId: undoId } = await undoRun(ports, jobs, { runId, actor });
  await workOnRun(ports, { definition: renameOwners, handler: { ...handler, undo } }, undoId, never);
  expect((await readRun(ports, undoId))?.summary).toMatchObject({
    warnings: ["1499 names lose their mark."],
    conflicts: { count: 1 },
  });
  expect(pages).toEqual([1_000, 499]);
});
