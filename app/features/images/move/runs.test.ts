import { expect, test } from "vitest";
import { type Job, pair } from "~/features/job-runs/kinds/job";
import type { Storage } from "~/ports/storage.server";
import { openMoves, testMoves } from "../../../../tests/support/world/move-world";
import { moveItem } from "./move-object.server";

/** As kinds are whose items depend on each other. */
const oneByOne = pair({ ...testMoves.definition, itemConcurrency: 1 }, testMoves.handler);

type World = Awaited<ReturnType<typeof openMoves>>;

const apply = async (world: World, runId: number, job?: Job) => world.apply(await world.read(runId), { job });

async function undo(world: World, undone: number, job?: Job) {
  const planned = await world.planUndo(undone, { job });
  return { planned, applied: await world.apply(planned, { job }) };
}

test("twenty objects go and come back; the undo can be undone", async () => {
  const world = await openMoves();
  const names = Array.from({ length: 20 }, (_, n) => `${n}.png`);
  await world.put(Object.fromEntries(names.map((name) => [`a/${name}`, `content ${name}`])));
  const at = (folder: string) => Object.fromEntries(names.map((name) => [`${folder}/${name}`, `content ${name}`]));
  const moves = names.map((name) => ({ from: `a/${name}`, to: `b/${name}` }));
  const run = await world.carryOut(testMoves, { moves });
  expect(run).toMatchObject({ succeeded: 20, failed: 0, skipped: 0 });
  expect(await world.contents()).toEqual(at("b"));
  const { planned, applied } = await undo(world, run.id);
  expect(planned.summary?.conflicts).toBeUndefined();
  expect(applied).toMatchObject({ succeeded: 20 });
  expect(await world.contents()).toEqual(at("a"));
  await undo(world, applied.id);
  expect(await world.contents()).toEqual(at("b"));
});

test("an undo names what is gone, what has changed and what lies in the way, and leaves it", async () => {
  const world = await openMoves();
  await world.put({ "a/1": "one", "a/2": "two", "a/3": "three", "a/4": "four" });
  const moves = [1, 2, 3, 4].map((n) => ({ from: `a/${n}`, to: `b/${n}` }));
  const run = await world.carryOut(testMoves, { moves });
  await world.storage.delete("b/1");
  await world.put({ "b/2": "changed", "a/3": "new" });
  const { planned, applied } = await undo(world, run.id);
  expect(planned.summary?.conflicts).toEqual({
    count: 3,
    sample: [
      "“a/3” exists again, so “b/3” cannot go back there.",
      "“b/2” has changed since it was moved there.",
      "“b/1” is gone.",
    ],
  });
  expect(applied).toMatchObject({ succeeded: 1, skipped: 3 });
  expect(await world.contents()).toEqual({ "b/2": "changed", "a/3": "new", "b/3": "three", "a/4": "four" });
});

test("an object makes room for the next: there, again after a death, and back without a conflict", async () => {
  const world = await openMoves();
  const { ports, db, put, plan, contents } = world;
  // The same bytes under both names: nothing but the journal tells them apart.
  await put({ "reference.png": "same", "a.png": "same" });
  const before = await contents();
  const { runId, items, context } = await plan([
    { from: "reference.png", to: "former-reference.png" },
    { from: "a.png", to: "reference.png" },
  ]);
  const [first, second] = items;
  if (!first || !second) throw new Error("Nothing was planned");
  await moveItem(ports, first, context);
  await moveItem(ports, second, context);
  const after = { "former-reference.png": "same", "reference.png": "same" };
  expect(await contents()).toEqual(after);
  // Both were done, and the worker died before it could record it.
  const run = await apply(world, runId, oneByOne);
  expect(run).toMatchObject({ succeeded: 2 });
  expect(await contents()).toEqual(after);
  expect(await db.objectMove.count({ where: { finishedAt: { not: null } } })).toBe(2);
  const { planned, applied } = await undo(world, runId, oneByOne);
  expect(planned.summary?.conflicts).toBeUndefined();
  expect(applied).toMatchObject({ succeeded: 2 });
  expect(await contents()).toEqual(before);
});

test("two runs that move the same objects at once: each is moved by one of them, and none is lost", async () => {
  const world = await openMoves();
  const { setFaults, put, plan, contents } = world;
  const names = Array.from({ length: 24 }, (_, n) => `${n}.png`);
  await put(Object.fromEntries(names.map((name) => [`a/${name}`, `content ${name}`])));
  const one = await plan(names.map((name) => ({ from: `a/${name}`, to: `b/${name}` })));
  const two = await plan(names.map((name) => ({ from: `a/${name}`, to: `c/${name}` })));
  setFaults([{ operation: "PutObject", delayMs: 5 }]);
  const runs = await Promise.all([apply(world, one.runId), apply(world, two.runId)]);
  const left = await contents();
  expect(Object.values(left).sort()).toEqual(names.map((name) => `content ${name}`).sort());
  expect(Object.keys(left).filter((key) => key.startsWith("a/"))).toEqual([]);
  expect((runs[0]?.succeeded ?? 0) + (runs[1]?.succeeded ?? 0)).toBe(24);
  expect((runs[0]?.skipped ?? 0) + (runs[1]?.skipped ?? 0)).toBe(24);
});

test("another move of an object that ends between its reading and the claim leaves nothing to move", async () => {
  const { ports, storage, put, plan, contents } = await openMoves();
  await put({ "a.png": "one" });
  const first = await plan([{ from: "a.png", to: "b.png" }]);
  const second = await plan([{ from: "a.png", to: "c.png" }]);
  const [mine, theirs] = [second.items[0], first.items[0]];
  if (!mine || !theirs) throw new Error("Nothing was planned");
  const get: Storage["get"] = async (key, options) => {
    const found = await storage.get(key, options);
    if (key === "a.png") await moveItem(ports, theirs, first.context);
    return found;
  };
  expect(await moveItem({ ...ports, storage: { ...storage, get } }, mine, second.context)).toMatchObject({
    outcome: "skipped",
    reason: "“a.png” is gone since the plan was made.",
  });
  expect(await contents()).toEqual({ "b.png": "one" });
});

test("an object that another run is moving is left to it, at either end, until that run is over", async () => {
  const { ports, db, storage, put, plan, contents } = await openMoves();
  await put({ "a.png": "one", "x.png": "two" });
  const first = await plan([{ from: "a.png", to: "b.png" }]);
  const second = await plan([{ from: "a.png", to: "c.png" }]);
  const third = await plan([{ from: "x.png", to: "b.png" }]);
  const [a, also, x] = [first.items[0], second.items[0], third.items[0]];
  if (!a || !also || !x) throw new Error("Nothing was planned");
  const cut = async () => Promise.reject(new Error("The worker died"));
  await expect(moveItem({ ...ports, storage: { ...storage, put: cut } }, a, first.context)).rejects.toThrow("died");
  await db.jobRun.update({ where: { id: first.runId }, data: { status: "paused" } });
  expect(await moveItem(ports, also, second.context)).toEqual({
    outcome: "skipped",
    reason: `“a.png” is being moved by run ${first.runId}.`,
  });
  expect(await moveItem(ports, x, third.context)).toEqual({
    outcome: "skipped",
    reason: `“a.png” is being moved by run ${first.runId} to “b.png”, so “x.png” stays where it is.`,
  });
  expect(await contents()).toEqual({ "a.png": "one", "x.png": "two" });

  await db.jobRun.update({ where: { id: first.runId }, data: { status: "cancelled" } });
  await db.jobChunk.updateMany({ where: { runId: first.runId }, data: { leaseUntil: new Date(Date.now() + 10_000) } });
  expect(await moveItem(ports, also, second.context)).toMatchObject({ outcome: "skipped" });
  await db.jobChunk.updateMany({ where: { runId: first.runId }, data: { leaseUntil: null } });
  expect(await moveItem(ports, also, second.context)).toMatchObject({ outcome: "succeeded" });
  expect(await contents()).toEqual({ "c.png": "one", "x.png": "two" });
});

test("two objects of one run that are to have one key: one moves, the other stays, whatever their bytes", async () => {
  const { ports, storage, put, plan, contents } = await openMoves();
  await put({ "1/a.png": "same", "2/a.png": "same" });
  const { items, context } = await plan([
    { from: "1/a.png", to: "a.png" },
    { from: "2/a.png", to: "a.png" },
  ]);
  const [one, two] = items;
  if (!one || !two) throw new Error("Nothing was planned");
  // Both see the target free; the first is then slower.
  const slow: Storage["put"] = async (...call) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return storage.put(...call);
  };
  const results = await Promise.all([
    moveItem({ ...ports, storage: { ...storage, put: slow } }, one, context),
    moveItem(ports, two, context),
  ]);
  expect(results.map((result) => result.outcome).sort()).toEqual(["skipped", "succeeded"]);
  expect(Object.values(await contents())).toEqual(["same", "same"]);
});
