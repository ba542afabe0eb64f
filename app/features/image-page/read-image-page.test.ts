import sharp from "sharp";
import { expect, test } from "vitest";
import { jobKinds } from "~/features/job-kinds.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { startImport } from "~/features/owners/import/start-import.server";
import { startMerge } from "~/features/owners/merge/start-merge.server";
import { startReassignment } from "~/features/owners/reassign/start-reassignment.server";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { openMoves, testMoves } from "../../../tests/support/world/move-world";
import { runsOf } from "../../../tests/support/world/runs";
import { readImagePage } from "./read-image-page.server";

const actor = { id: "operator:1", name: "Mina" };
const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#c08040" } })
  .png()
  .toBuffer();
const keyOf = (n: number) => `others/${n}.png`;

/** Images 1, 2, … whose ids are their numbers, all of owner “u-2”. */
async function openStudio(images: number) {
  const world = await openMoves();
  const { db, ports, storage } = world;
  const createdAt = new Date("2026-11-20T10:00:00Z");
  await db.owner.createMany({
    data: ["u-1", "u-2"].map((id) => ({ id, name: `Owner ${id}`, createdAt })),
  });
  const numbers = Array.from({ length: images }, (_, n) => n + 1);
  for (const n of numbers) {
    const { etag } = await storage.put(keyOf(n), picture, { contentType: "image/png" });
    const row = { etag, bytes: picture.length, kind: "other", ownerId: "u-2", modifiedAt: createdAt, createdAt };
    await db.image.create({ data: { id: n, key: keyOf(n), ...row } });
  }
  const schema = await loadLabelSchema();
  const read = async (id: number) => {
    const page = await readImagePage(ports, { id, list: null, jobs: jobKinds, schema });
    if (!page) throw new Error(`There is no image ${id}`);
    return page;
  };
  return {
    ...world,
    ...runsOf(ports, actor),
    schema,
    numbers,
    page: read,
    /** What runs did to an image, the newest first. */
    history: async (id: number) =>
      (await read(id)).history.map(({ title, outcome, was, became }) => `${title}: ${outcome}, ${was} → ${became}`),
    histories: async () =>
      Promise.all(numbers.map(async (n) => (await read(n)).history.map(({ runId, outcome }) => `${runId} ${outcome}`))),
  };
}

test("an image has a permanent address for as long as it is in the bucket", async () => {
  const { db, page } = await openStudio(1);
  expect((await page(1)).address).toEqual({
    address: "https://ops.example/images/others/1.png",
    servedBy: "console",
  });
  await db.image.update({ where: { id: 1 }, data: { goneAt: new Date() } });
  expect((await page(1)).address).toBeNull();
});

test.each([1, 2, 3, 6, 7])("each of %i images finds its item of a set-based run, and of its undo", async (many) => {
  const { ports, work, apply, undo, history, histories, numbers, page } = await openStudio(many + 2);
  // Neither the first nor the last image is in the run.
  const ids = numbers.slice(1, -1);
  const { runId } = await startReassignment(ports, { selection: { ids: ids.toReversed() }, toOwnerId: "u-1", actor });
  await apply(await work(runId));
  const undone = await undo(runId);

  const both = [`${undone.id} succeeded`, `${runId} succeeded`];
  expect(await histories()).toEqual([[], ...ids.map(() => both), []]);
  expect(await history(2)).toEqual([
    "Undo of Reassign images to “u-1”: succeeded, Owner u-1 → Owner u-2",
    "Reassign images to “u-1”: succeeded, Owner u-2 → Owner u-1",
  ]);
  expect((await page(2)).history[0]).toMatchObject({ actorName: "Mina", page: `/job-runs/${undone.id}` });
});

test.each([1, 2, 5])("each of %i images finds its item of a merge, whose last item is the owner", async (many) => {
  const { ports, db, work, apply, undo, histories, numbers } = await openStudio(many + 1);
  await db.image.update({ where: { id: 1 }, data: { ownerId: "u-1" } });
  const { runId } = await startMerge(ports, { ownerId: "u-2", intoOwnerId: "u-1", actor });
  await apply(await work(runId));
  const undone = await undo(runId);
  expect(await histories()).toEqual([
    [],
    ...numbers.slice(1).map(() => [`${undone.id} succeeded`, `${runId} succeeded`]),
  ]);
});

test.each([1, 2, 5])(
  "each of %i images finds its item where owners change with keys, also one that stays",
  async (many) => {
    const { ports, db, storage, work, apply, undo, history, histories, numbers } = await openStudio(many + 2);
    // Every second one lies under its owner's prefix, and moves; the ids are not in the order of the keys.
    const moving = numbers.filter((n) => n <= many && n % 2 === 0);
    for (const n of moving) {
      const key = `uploads/u-2/2026/11/${9 - n}.png`;
      const { etag } = await storage.put(key, picture, { contentType: "image/png" });
      await db.image.update({ where: { id: n }, data: { key, etag } });
    }
    const ids = numbers.slice(0, many);
    const { runId } = await startReassignment(ports, { selection: { ids }, toOwnerId: "u-1", rekey: true, actor });
    expect(await apply(await work(runId))).toMatchObject({ succeeded: many });
    const undone = await undo(runId);
    const both = [`${undone.id} succeeded`, `${runId} succeeded`];
    expect(await histories()).toEqual([...ids.map(() => both), [], []]);
    expect((await history(1)).at(-1)).toBe(
      `Reassign images to “u-1”, and move them under its keys: succeeded, Owner u-2, “${keyOf(1)}” → Owner u-1, “${keyOf(1)}”`,
    );
  },
);

test("a merge of an owner without images is in no image's history", async () => {
  const { ports, work, apply, histories } = await openStudio(2);
  const { runId } = await startMerge(ports, { ownerId: "u-1", intoOwnerId: "u-2", actor });
  expect(await apply(await work(runId))).toMatchObject({ status: "succeeded", planned: 1 });
  expect(await histories()).toEqual([[], []]);
});

test.each([
  ["none was", []],
  ["the first was", [1]],
  ["some were", [2, 5]],
  ["the last was", [6]],
  ["the others were not there", [1, 2, 3, 4, 5, 6]],
])(
  "each image finds its item of a backfill, of its undo, and what failed, when restored from an archive: %s",
  async (_which, restored) => {
    const { db, storage, carryOut, undo, history, histories, numbers } = await openStudio(6);
    await db.image.updateMany({ where: { id: { in: restored } }, data: { archivedAs: "GLACIER" } });
    const { etag } = await storage.put(keyOf(4), Buffer.from("no picture"), { contentType: "image/png" });
    await db.image.update({ where: { id: 4 }, data: { etag } });
    const run = await carryOut(backfillThumbnails, { force: false });
    const undone = await undo(run.id);
    expect(await histories()).toEqual(
      numbers.map((n) => (n === 4 ? [`${run.id} failed`] : [`${undone.id} succeeded`, `${run.id} succeeded`])),
    );
    expect((await history(1)).at(-1)).toMatch(/^Backfill thumbnails: succeeded, no thumbnail → thumbnail, \d+\sB$/);
  },
);

test("moves are found under every key that the image had, and another object's are not", async () => {
  const { carryOut, page, db } = await openStudio(3);
  const move = (...moves: [from: string, to: string][]) =>
    carryOut(testMoves, { moves: moves.map(([from, to]) => ({ from, to })) });
  const first = await move([keyOf(1), "others/b.png"], [keyOf(2), "others/c.png"]);
  const second = await move(["others/b.png", "others/d.png"]);
  // What comes to lie where image 1 was is another image.
  const third = await move([keyOf(3), keyOf(1)]);
  const runs = async (id: number) => (await page(id)).history.map(({ runId }) => runId);
  expect((await db.image.findMany({ orderBy: { id: "asc" } })).map(({ key }) => key)).toEqual([
    "others/d.png",
    "others/c.png",
    keyOf(1),
  ]);
  expect(await runs(1)).toEqual([second.id, first.id]);
  expect(await runs(2)).toEqual([first.id]);
  expect(await runs(3)).toEqual([third.id]);
});

test("the import of an owner whose id is a number is in no image's history", async () => {
  const { ports, work, apply, histories } = await openStudio(2);
  const { runId } = await startImport(ports, { csv: "id,name\n2,Two\n", actor });
  expect(await apply(await work(runId))).toMatchObject({ succeeded: 1 });
  expect(await histories()).toEqual([[], []]);
});

test("the calls of label runs are those about the image; a label names who accepted it", async () => {
  const { db, page } = await openStudio(2);
  const at = new Date("2026-11-21T09:00:00Z");
  const run = { title: "Label", lane: 1, payload: "{}", actor: "operator:1", actorName: "Mina", createdAt: at };
  const { id: jobRunId } = await db.jobRun.create({ data: { kind: "label-images", status: "succeeded", ...run } });
  const { id: labelRunId } = await db.labelRun.create({ data: { jobRunId, scope: "{}", createdAt: at } });
  const call = { labelRunId, reservedUsd: 0, requestHash: "h", createdAt: at, finishedAt: at };
  await db.modelCall.createMany({
    data: [
      { ...call, imageId: 1, outcome: "labelled" },
      { ...call, imageId: 2, outcome: "refused", reason: "The model refused." },
      { ...call, imageId: 1, outcome: "reserved", finishedAt: null },
    ],
  });
  const proposal = { labelRunId, etag: "e", attribute: "tone", confidence: 0.5, createdAt: at };
  await db.proposal.createMany({
    data: [
      { ...proposal, imageId: 1, value: "warm" },
      { ...proposal, imageId: 2, value: "cool" },
    ],
  });
  const { id } = await db.operator.create({
    data: { email: "mina@diffs.studio", name: "Mina Sato", role: "operator", createdAt: at, removedAt: at },
  });
  const label = { imageId: 1, etag: "e", source: "person", acceptedAt: at, value: "warm" };
  await db.label.createMany({
    data: [
      { ...label, attribute: "age", acceptedBy: `operator:${id}` },
      { ...label, attribute: "angle", acceptedBy: "script:import-labels" },
      { ...label, attribute: "tone", acceptedBy: `operator:${id + 1}` },
    ],
  });

  const { calls, judgements } = await page(1);
  expect(calls).toEqual([{ at, runId: jobRunId, triedVersionId: null, outcome: "labelled", reason: null }]);
  expect((await page(2)).calls).toEqual([
    { at, runId: jobRunId, triedVersionId: null, outcome: "refused", reason: "The model refused." },
  ]);
  expect(judgements.map(({ attribute, label, proposal: said }) => [attribute, label?.acceptedBy, said?.value])).toEqual(
    [
      // Every attribute of labels/schema.json, so that each can be set; then what it no longer has.
      ["angle", "script:import-labels", undefined],
      ["tone", `operator:${id + 1}`, "warm"],
      ["expression", undefined, undefined],
      ["hairLength", undefined, undefined],
      ["wardrobe", undefined, undefined],
      ["ageRange", undefined, undefined],
      ["age", "Mina Sato", undefined],
    ],
  );
});
