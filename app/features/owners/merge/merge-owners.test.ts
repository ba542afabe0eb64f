import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { cancelRun } from "~/features/job-runs/commands/steer-run.server";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { toItemView } from "~/features/job-runs/views/item-view";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { findOwners } from "~/features/owners/find-owners.sql.server";
import { startReassignment } from "~/features/owners/reassign/start-reassignment.server";
import { runsOf } from "../../../../tests/support/world/runs";
import { openWorld } from "../../../../tests/support/world/world";
import { mergeOwners, mergeOwnersHandler } from "./merge-owners.server";
import { startMerge } from "./start-merge.server";

const actor = { id: "operator:1", name: "Mina" };
const job = pair(mergeOwners, mergeOwnersHandler);
const names = { "u-1": "Mina Sato", "u-2": "Mina (old)", "u-3": "Jun Park" };

/** A studio of three owners with images 1, 2, … of these owners in the bucket and the index. */
async function openStudio(ownerIds: (string | null)[]) {
  const world = await openWorld();
  const { db, ports } = world;
  const createdAt = new Date("2026-11-20T10:00:00Z");
  await db.owner.createMany({ data: Object.entries(names).map(([id, name]) => ({ id, name, createdAt })) });
  const keys = ownerIds.map((ownerId, n) => `uploads/${ownerId ?? "nobody"}${ownerId ? "/2026/11" : ""}/${n + 1}.png`);
  for (const key of keys) await world.put({ [key]: key });
  await world.carryOut(indexImages, { prefix: "" });
  const runs = runsOf(ports, actor);
  return {
    ...world,
    ...runs,
    planMerge: async (ownerId: string, intoOwnerId: string) =>
      runs.work((await startMerge(ports, { ownerId, intoOwnerId, actor })).runId),
    index: () => world.carryOut(indexImages, { prefix: "" }),
    /** By the name of its file, whom each image belongs to. */
    owners: async () => {
      const images = await db.image.findMany({ select: { key: true, ownerId: true } });
      return Object.fromEntries(images.map(({ key, ownerId }) => [/([^/]+)\.png$/.exec(key)?.[1], ownerId]));
    },
    mergedInto: async (id: string) => (await db.owner.findUniqueOrThrow({ where: { id } })).mergedIntoId,
    listed: async () => (await findOwners(db, { text: "", limit: 10 })).map(({ id }) => id),
  };
}

test("a merge is planned with what it moves, moves it, hides the owner, and is taken back exactly", async () => {
  const studio = await openStudio(["u-2", "u-1", "u-2", "u-3", null]);
  await studio.db.image.updateMany({ where: { key: { contains: "/4.png" } }, data: { ownerId: "u-2" } });
  await studio.db.image.updateMany({ where: { key: { contains: "/3.png" } }, data: { goneAt: new Date() } });
  const { id: imageId } = await studio.db.image.findFirstOrThrow({ where: { key: { contains: "/1.png" } } });
  const record = { prompt: "A portrait", createdAt: new Date(), references: "[]", record: "{}", hash: "h" };
  await studio.db.generation.create({ data: { id: "g-1", imageId, ...record } });
  const before = await studio.owners();
  const planned = await studio.planMerge("u-2", "u-1");
  expect(planned).toMatchObject({ status: "planned", planned: 4, title: "Merge owner “u-2” into “u-1”" });
  expect(planned.summary).toMatchObject({
    images: 3,
    followers: [{ what: "generation records", count: 1 }],
    warnings: [
      "1 key still begins with “generated/u-2/”, “uploads/u-2/”, or “u-2/”. It stays as it is, and new images there go to “Mina Sato”.",
    ],
  });
  expect(await studio.owners()).toEqual(before);

  const run = await studio.apply(planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 4, skipped: 0 });
  expect(await studio.owners()).toEqual({ 1: "u-1", 2: "u-1", 3: "u-1", 4: "u-1", nobody: undefined, 5: null });
  expect(await studio.mergedInto("u-2")).toBe("u-1");
  expect(await studio.listed()).toEqual(["u-3", "u-1"]);
  const { items } = await readItems(studio, { runId: run.id });
  expect(items.map((item) => toItemView(job, item)).map(({ name, was, becomes }) => [name, was, becomes])).toEqual([
    ["uploads/u-2/2026/11/1.png", "Mina (old)", "Mina Sato"],
    ["uploads/u-2/2026/11/3.png", "Mina (old)", "Mina Sato"],
    ["uploads/u-3/2026/11/4.png", "Mina (old)", "Mina Sato"],
    ["Mina (old)", "an owner", "merged into Mina Sato"],
  ]);

  const undone = await studio.undo(run.id);
  expect(undone).toMatchObject({ status: "succeeded", succeeded: 4, skipped: 0 });
  expect(undone.summary).not.toHaveProperty("conflicts");
  expect(await studio.owners()).toEqual(before);
  expect(await studio.mergedInto("u-2")).toBeNull();

  expect(await studio.undo(undone.id)).toMatchObject({ succeeded: 4, skipped: 0 });
  expect(await studio.mergedInto("u-2")).toBe("u-1");
  expect(await studio.owners()).toMatchObject({ 1: "u-1", 3: "u-1", 4: "u-1" });
});

test("images that come between plan and merge go along, and back; later ones under its keys are the survivor's for good", async () => {
  const studio = await openStudio(["u-2"]);
  const planned = await studio.planMerge("u-2", "u-1");
  await studio.put({ "uploads/u-2/2026/11/between.png": "1" });
  await studio.index();
  const run = await studio.apply(planned);
  await studio.put({ "generated/u-2/2026/11/later.png": "1" });
  await studio.index();
  expect(await studio.owners()).toEqual({ 1: "u-1", between: "u-1", later: "u-1" });

  await studio.undo(run.id);
  expect(await studio.owners()).toEqual({ 1: "u-2", between: "u-2", later: "u-1" });
});

test("a plan counts keys of ingested images, and not what a folder that is called like the owner holds besides", async () => {
  const studio = await openStudio([]);
  await studio.put({
    "u-2/cats/hero.jpg": "1",
    "u-2/branding/logo.png": "1",
    "u-2/2019/x.png": "1",
    "u-22/cats/hero.jpg": "1",
  });
  await studio.index();
  const planned = await studio.planMerge("u-2", "u-1");
  expect(planned.summary).toMatchObject({
    images: 2,
    warnings: [
      "2 keys still begin with “generated/u-2/”, “uploads/u-2/”, or “u-2/”. They stay as they are, and new images there go to “Mina Sato”.",
    ],
  });
});

test("an owner without images is merged, and an undo leaves what was given to someone else since", async () => {
  const studio = await openStudio(["u-2", "u-2"]);
  const empty = await studio.apply(await studio.planMerge("u-3", "u-1"));
  expect(empty).toMatchObject({ status: "succeeded", succeeded: 1 });
  expect(await studio.mergedInto("u-3")).toBe("u-1");
  await studio.undo(empty.id);

  const run = await studio.apply(await studio.planMerge("u-2", "u-1"));
  await studio.db.image.updateMany({ where: { key: { endsWith: "/1.png" } }, data: { ownerId: "u-3" } });
  const undo = await studio.planUndo(run.id);
  expect(undo.summary?.conflicts).toEqual({
    count: 1,
    sample: ["“uploads/u-2/2026/11/1.png” belongs to “Jun Park” now."],
  });
  expect(await studio.apply(undo)).toMatchObject({ succeeded: 2, skipped: 1 });
  expect(await studio.owners()).toEqual({ 1: "u-3", 2: "u-2" });
});

test.each([
  ["itself", "u-1", "u-1", "“u-1” cannot be merged into itself. Choose another owner."],
  ["an unknown owner", "u-1", "u-9", "There is no owner “u-9”. Choose one of the owners."],
  ["an owner that was merged", "u-1", "u-2", "Owner “u-2” was merged into “u-3”. Choose another owner."],
  [
    "another one, though it was merged before",
    "u-2",
    "u-1",
    "Owner “u-2” was merged into “u-3”. Choose another owner.",
  ],
])("refuses to merge into %s", async (_what, ownerId, intoOwnerId, sentence) => {
  const studio = await openStudio([]);
  await studio.db.owner.update({ where: { id: "u-2" }, data: { mergedIntoId: "u-3" } });
  await expect(startMerge(studio.ports, { ownerId, intoOwnerId, actor })).rejects.toThrow(sentence);
  expect(await studio.db.jobRun.count({ where: { kind: "merge-owners" } })).toBe(0);
});

test("of two merges of one owner, the second is refused; a merge the other way round as well", async () => {
  const studio = await openStudio(["u-2"]);
  const first = await studio.planMerge("u-2", "u-1");
  const second = await studio.planMerge("u-2", "u-3");
  const round = await studio.planMerge("u-1", "u-2");
  const jobs = toJobs([job]);
  const applying = (plan: typeof first) =>
    applyRun(studio.ports, jobs, { runId: plan.id, planHash: plan.planHash ?? "", actor });
  await applying(first);
  await expect(applying(second)).rejects.toThrow(
    `Run ${first.id} (Merge owner “u-2” into “u-1”) is at work on “u-2”. Wait until it ends.`,
  );
  await studio.work(first.id);
  await expect(applying(second)).rejects.toThrow("Owner “u-2” was merged into “u-1”. Choose another owner.");
  await expect(applying(round)).rejects.toThrow("Owner “u-2” was merged into “u-1”. Choose another owner.");
});

test("a merge that is cancelled midway hides no owner, and is taken back as far as it went", async () => {
  const studio = await openStudio([]);
  const at = new Date();
  await studio.db.image.createMany({
    data: Array.from({ length: 2_500 }, (_, n) => {
      return { key: `a/${n}.png`, etag: "e", bytes: 1, kind: "upload", ownerId: "u-2", modifiedAt: at, createdAt: at };
    }),
  });
  const planned = await studio.planMerge("u-2", "u-1");
  const stop = new AbortController();
  const stopping: typeof mergeOwnersHandler = {
    ...mergeOwnersHandler,
    async applyChunk(...given) {
      await mergeOwnersHandler.applyChunk(...given);
      stop.abort();
    },
  };
  const { done } = await studio.apply(planned, { signal: stop.signal, job: pair(mergeOwners, stopping) });
  expect(done).toBeLessThan(2_500);
  await cancelRun(studio.ports, { runId: planned.id, actor });
  expect(await studio.mergedInto("u-2")).toBeNull();
  expect(await studio.undo(planned.id)).toMatchObject({ planned: done, succeeded: done });
  expect(await studio.db.image.count({ where: { ownerId: "u-2" } })).toBe(2_500);
});

test("a reassignment cannot go to a merged owner, and one that was planned before leaves its images", async () => {
  const studio = await openStudio(["u-3", "u-2"]);
  const selection = { query: { owner: ["u-3"] } };
  const reassignment = await studio.work(
    (await startReassignment(studio.ports, { selection, toOwnerId: "u-2", actor })).runId,
  );
  await studio.apply(await studio.planMerge("u-2", "u-1"));
  await expect(startReassignment(studio.ports, { selection, toOwnerId: "u-2", actor })).rejects.toThrow(
    "Owner “u-2” was merged into “u-1”. Choose another owner.",
  );
  expect(await studio.apply(reassignment)).toMatchObject({ succeeded: 0, skipped: 1 });
  const { items } = await readItems(studio, { runId: reassignment.id });
  expect(items.map(({ reason }) => reason)).toEqual([
    "The owner whom it was to go to is no longer there, or was merged into another.",
  ]);
  expect(await studio.owners()).toEqual({ 1: "u-3", 2: "u-1" });
});

test("an owner who got thousands of images since the plan stays until a new plan, so that no write takes long", async () => {
  const studio = await openStudio(["u-2"]);
  const planned = await studio.planMerge("u-2", "u-1");
  const at = new Date();
  const row = { etag: "e", bytes: 1, kind: "upload", ownerId: "u-2", modifiedAt: at, createdAt: at };
  const keys = Array.from({ length: 2_001 }, (_, n) => `archive/${n}.png`);
  await studio.db.image.createMany({ data: keys.map((key) => ({ ...row, key })) });
  const run = await studio.apply(planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 1, skipped: 1 });
  const { items } = await readItems(studio, { runId: run.id });
  expect(items.at(-1)?.reason).toMatch(
    /^More than 2.000 images came to this owner since the plan was made, so it stays/,
  );
  expect(await studio.mergedInto("u-2")).toBeNull();
  expect(await studio.apply(await studio.planMerge("u-2", "u-1"))).toMatchObject({ succeeded: 2_002, skipped: 0 });
  expect(await studio.mergedInto("u-2")).toBe("u-1");
  expect(await studio.db.image.count({ where: { ownerId: "u-2" } })).toBe(0);
});
