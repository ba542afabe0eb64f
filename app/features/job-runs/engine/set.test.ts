import { expect, test } from "vitest";
import { z } from "zod";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import { cancelRun, pauseRun, resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { readAllItems, readItems } from "~/features/job-runs/views/read-items.server";
import { readThroughput } from "~/features/job-runs/views/throughput.sql.server";
import type { Ports } from "~/ports/index.server";
import { jsonList, sql, valuesOf } from "~/ports/sql.server";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { renamingSet } from "../../../../tests/support/world/renaming-set";
import { runsOf } from "../../../../tests/support/world/runs";
import { claimChunk } from "./ledger/claim.sql.server";
import { recordPiece } from "./ledger/set-ledger.sql.server";

const actor = { id: "script:test", name: "test" };

async function openRun(owners: number) {
  const ports = await openTestPorts();
  const ids = Array.from({ length: owners }, (_, n) => `owner-${String(n).padStart(5, "0")}`);
  await ports.db.$executeRaw`
    INSERT INTO "Owner" ("id", "name", "createdAt") SELECT "value", "value", 0 FROM ${valuesOf(ids)}`;
  const names = async () => {
    const [row] = await ports.db.$queryRaw<{ names: string }[]>`
      SELECT ${jsonList(sql`"name"`, sql`"id"`)} AS "names" FROM "Owner"`;
    return z.array(z.string()).parse(JSON.parse(row?.names ?? ""));
  };
  return { ...ports, ...runsOf(ports, actor), ids, names };
}

/** What the ledger adds up to when it is read row by row, beside the counters. */
async function recount({ db }: Pick<Ports, "db">, runId: number) {
  const counts: Record<string, number> = {};
  for await (const page of readAllItems({ db }, { runId })) {
    for (const { outcome } of page) counts[outcome ?? "open"] = (counts[outcome ?? "open"] ?? 0) + 1;
  }
  return counts;
}

const withMark = (names: string[]) => names.map((name) => `${name}!`);

test("a set-based run plans in pages, applies piece by piece, and writes no row of the ledger for what succeeds", async () => {
  const world = await openRun(5_000);
  const planned = await world.plan(renamingSet(), { suffix: "!" });
  expect(planned).toMatchObject({ status: "planned", planned: 5_000, summary: { facts: [{ value: "!" }] } });
  expect(await world.names()).toEqual(world.ids);

  const run = await world.apply(planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 5_000, done: 5_000 });
  expect(await world.names()).toEqual(withMark(world.ids));
  expect(await world.db.jobItem.count({ where: { runId: run.id, outcome: null } })).toBe(5_000);
  const chunks = await world.db.jobChunk.findMany({ where: { runId: run.id }, orderBy: { seq: "asc" } });
  expect(chunks.length).toBeGreaterThan(2);
  expect(chunks.map(({ firstSeq }) => firstSeq)).toEqual([0, ...chunks.slice(0, -1).map(({ lastSeq }) => lastSeq + 1)]);
  expect(chunks.every(({ seq, lastSeq, outcome }) => seq === lastSeq && outcome === "succeeded")).toBe(true);
  const steps = await readThroughput(world, run);
  expect(steps.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(5_000);
});

test("the plan's hash is of the items, whatever pages they were read in", async () => {
  const world = await openRun(2_500);
  const first = await world.plan(renamingSet(), { suffix: "!" });
  const { definition, handler } = renamingSet();
  const inSmallPages: typeof handler = {
    ...handler,
    planSet: (ports, context) => handler.planSet(ports, context, () => 700),
  };
  const second = await world.plan({ definition, handler: inSmallPages }, { suffix: "!" });
  await world.db.owner.update({ where: { id: "owner-01700" }, data: { name: "Someone else" } });
  const third = await world.plan(renamingSet(), { suffix: "!" });
  expect(second.planHash).toBe(first.planHash);
  expect(third.planHash).not.toBe(first.planHash);
});

test("items by outcome: pages, totals and export tell the same of a set as of single items", async () => {
  const world = await openRun(4_000);
  const planned = await world.plan(renamingSet({ fails: "owner-000%" }), { suffix: "!" });
  const changed = [10, 1_500, 3_999].map((n) => world.ids[n] ?? "");
  await world.db.owner.updateMany({ where: { id: { in: changed.slice(1) } }, data: { name: "Someone else" } });
  const { id: runId, ...run } = await world.apply(planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 3_898, failed: 100, skipped: 2 });
  expect(run.failures).toEqual([{ errorClass: "no-luck", count: 100, sample: "Not this one. Try again." }]);
  expect(await recount(world, runId)).toEqual({ succeeded: 3_898, failed: 100, skipped: 2 });

  const first = await readItems(world, { runId, outcome: "succeeded" });
  expect(first).toMatchObject({
    total: 3_898,
    items: { length: 100, 0: { seq: 100, attempts: 1, outcome: "succeeded" } },
  });
  expect(first.items[0]?.after).toBe(first.items[0]?.target);
  expect(first.items[0]?.finishedAt).toBeInstanceOf(Date);
  const last = await readItems(world, { runId, outcome: "succeeded", page: 39 });
  expect([last.items.length, last.items.at(-1)?.seq]).toEqual([98, 3_998]);
  const skipped = await readItems(world, { runId, outcome: "skipped" });
  expect(skipped.items.map(({ subject, attempts }) => [subject, attempts])).toEqual(
    changed.slice(1).map((id) => [id, 1]),
  );
  expect((await readItems(world, { runId, outcome: "open" })).total).toBe(0);
  const exported: number[] = [];
  for await (const page of readAllItems(world, { runId, outcome: "succeeded" }))
    exported.push(...page.map(({ seq }) => seq));
  expect(exported).toHaveLength(3_898);
  expect(new Set(exported).size).toBe(3_898);
});

test("failed items of a set are tried again, and all counts agree", async () => {
  const world = await openRun(2_000);
  const options: { fails: string | null } = { fails: "owner-0001%" };
  const job = renamingSet(options);
  const { id: runId } = await world.apply(await world.plan(job, { suffix: "!" }));
  options.fails = null;
  expect(await retryFailed(world, toJobs([pair(job.definition, job.handler)]), { runId, actor })).toBe(10);
  expect(await recount(world, runId)).toEqual({ succeeded: 1_990, open: 10 });
  expect(await world.read(runId)).toMatchObject({ status: "pending", succeeded: 1_990, failed: 0 });
  const open = await readItems(world, { runId, outcome: "open" });
  expect(open.items.map(({ subject }) => subject)).toEqual(world.ids.slice(10, 20));

  expect(await world.work(runId)).toMatchObject({ status: "succeeded", succeeded: 2_000, failed: 0 });
  expect(await world.names()).toEqual(withMark(world.ids));
  const { items } = await readItems(world, { runId });
  expect(items.map(({ attempts }) => attempts)).toEqual(items.map((_, n) => (n >= 10 && n < 20 ? 2 : 1)));
  await world.undo(runId);
  expect(await world.names()).toEqual(world.ids);
});

test("an undo of a set puts back all but what someone changed, and may be undone", async () => {
  const world = await openRun(3_000);
  const { id: runId } = await world.apply(await world.plan(renamingSet(), { suffix: "!" }));
  const changed = Array.from({ length: 30 }, (_, n) => world.ids[n * 100] ?? "");
  await world.db.owner.updateMany({ where: { id: { in: changed } }, data: { name: "Someone else" } });
  const planned = await world.planUndo(runId);
  expect(planned.summary).toMatchObject({
    conflicts: { count: 30, sample: { length: 20, 0: "owner-00000 has another name" } },
    putsBack: { runId, items: 2_970, of: 3_000 },
  });
  const undo = await world.apply(planned);
  expect(undo).toMatchObject({ status: "succeeded", succeeded: 2_970, skipped: 30 });
  const expected = world.ids.map((id) => (changed.includes(id) ? "Someone else" : id));
  expect(await world.names()).toEqual(expected);
  expect(await world.undo(undo.id)).toMatchObject({ planned: 2_970, succeeded: 2_970 });
});

test("a set that is paused midway goes on where it stopped; cancelled midway, just what it did is undone", async () => {
  const world = await openRun(6_000);
  for (const end of ["resume", "cancel"] as const) {
    const { definition, handler } = renamingSet();
    let pieces = 0;
    const command = { runId: 0, actor };
    const steered: typeof handler = {
      ...handler,
      async applyChunk(tx, range, context) {
        await handler.applyChunk(tx, range, context);
        pieces += 1;
      },
    };
    const planned = await world.plan({ definition, handler: steered }, { suffix: "!" });
    command.runId = planned.id;
    const stop = new AbortController();
    const stopping: typeof handler = {
      ...steered,
      async applyChunk(tx, range, context) {
        await steered.applyChunk(tx, range, context);
        stop.abort();
      },
    };
    await world.apply(planned, { signal: stop.signal, job: pair(definition, stopping) });
    expect(pieces).toBe(1);
    await pauseRun(world, command);
    const { done } = await world.read(planned.id);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(6_000);
    expect(await recount(world, planned.id)).toEqual({ succeeded: done, open: 6_000 - done });
    expect((await world.names()).filter((name) => name.endsWith("!"))).toHaveLength(done);
    if (end === "resume") {
      await resumeRun(world, command);
      expect(await world.work(planned.id)).toMatchObject({ status: "succeeded", succeeded: 6_000 });
    } else await cancelRun(world, command);
    const undo = await world.planUndo(planned.id);
    expect(undo.planned).toBe(end === "resume" ? 6_000 : done);
    await world.apply(undo);
    expect(await world.names()).toEqual(world.ids);
  }
});

test("a worker whose lease ran out changes no row of a set", async () => {
  const world = await openRun(1_500);
  const run = await world.plan(renamingSet(), { suffix: "!" });
  await world.db.jobRun.update({ where: { id: run.id }, data: { status: "pending", appliedAt: world.clock.now() } });
  const scope = { worker: "late", chunkConcurrency: { "rename-set": 1 }, lanes: [1], now: world.clock.now() };
  const chunk = await claimChunk(world.db, scope);
  if (!chunk) throw new Error("no chunk");
  world.advance(15_001);
  await world.work(run.id);
  const late = recordPiece(world.db, chunk, {
    size: 100,
    now: world.clock.now(),
    work: (tx) => tx.owner.deleteMany().then(() => {}),
    whenRunEnds: async () => {},
  });
  await expect(late).rejects.toThrow("was taken over");
  expect(await world.names()).toEqual(withMark(world.ids));
  expect(await recount(world, run.id)).toEqual({ succeeded: 1_500 });
});
