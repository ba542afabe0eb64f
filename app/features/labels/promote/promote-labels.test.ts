import { expect, test } from "vitest";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { writeLabels } from "~/features/labels/write-labels.sql.server";
import { sql } from "~/ports/sql.server";
import { labelsOf } from "../../../../tests/support/world/label-world";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { promoteLabels } from "./promote-labels";
import { startPromotion } from "./start-promotion.server";

const actor = { id: "operator:3", name: "Noa" };
const folder = "references/01. Model/front_warm";

async function openPromotions() {
  const ports = await openTestPorts();
  const world = { ...ports, ...runsOf(ports, actor), ...labelsOf(ports) };
  /** A person sets a label by hand. */
  const set = (imageId: number, attribute: string, value: string) =>
    ports.db.$write((tx) =>
      writeLabels(
        tx,
        sql`SELECT ${imageId} AS "imageId", ${attribute} AS "attribute", ${value} AS "value", 'e' AS "etag", 'person' AS "source",
                   NULL AS "confidence", NULL AS "labelRunId", 'operator:9' AS "acceptedBy", 0 AS "acceptedAt", NULL AS "folder",
                   NULL AS "jobRunId"`,
        { by: "operator:9", at: new Date(0), runId: null },
      ),
    );
  return { ...world, set };
}

test("what was accepted becomes labels, with where each comes from; the rest is left alone and counted", async () => {
  const world = await openPromotions();
  const { db } = world;
  await world.addImages([
    `${folder}/a.png`,
    `${folder}/b.png`,
    "references/01. Model/c.png",
    "uploads/d.png",
    "e.png",
    "f.png",
  ]);
  await db.image.update({ where: { id: 5 }, data: { etag: "new" } });
  await db.image.update({ where: { id: 6 }, data: { goneAt: new Date() } });
  await world.addLabels([
    { imageId: 1, attribute: "tone", value: "cool", source: "model", rev: 4 },
    { imageId: 2, attribute: "tone", value: "cool" },
    { imageId: 3, attribute: "tone", value: "cool", rev: 2 },
    { imageId: 4, attribute: "tone", value: "warm" },
    { imageId: 4, attribute: "angle", value: "front", source: "model", etag: "older" },
  ]);
  const proposals = [
    { imageId: 1, attribute: "tone", value: "warm", confidence: 0.75 },
    { imageId: 1, attribute: "angle", value: "front" },
    { imageId: 1, attribute: "hairLength", value: "long", decision: "rejected" as const },
    { imageId: 1, attribute: "wardrobe", value: "sport", decision: "open" as const },
    { imageId: 2, attribute: "tone", value: "warm" },
    { imageId: 3, attribute: "tone", value: "warm", overRev: 2 },
    { imageId: 4, attribute: "tone", value: "warm" },
    { imageId: 4, attribute: "angle", value: "front" },
    { imageId: 5, attribute: "tone", value: "warm" },
    { imageId: 6, attribute: "tone", value: "warm" },
  ];
  const { runId, labelRunId } = await world.addLabelRun(proposals);

  const plan = await world.work((await startPromotion(world, { runId, actor })).runId);
  expect(plan).toMatchObject({
    status: "planned",
    title: `Promote label run ${runId}`,
    planned: 4,
    summary: {
      facts: [
        { label: "angle", value: "front, for the new picture: 1; no label → front: 1" },
        { label: "tone", value: "cool → warm: 2" },
      ],
      leftOut: [
        { what: "Labeled so already", count: 1 },
        { what: "Kept as a person set them", count: 1 },
        { what: "On images that changed since the model saw them", count: 1 },
        { what: "On images that are gone", count: 1 },
      ],
      warnings: [expect.stringContaining("1 of these replace what a person had set")],
      samples: [1, 3, 4],
    },
  });
  const { items } = await readItems(world, { runId: plan.id });
  expect(items[0]).toMatchObject({
    subject: "1:tone",
    label: `${folder}/a.png · tone`,
    before: JSON.stringify({ value: "cool", source: "model", rev: 4 }),
    target: JSON.stringify({ value: "warm", source: "model", rev: 5 }),
  });
  const before = await db.label.findMany();

  expect(await world.apply(plan)).toMatchObject({ succeeded: 4, skipped: 0 });
  expect(await world.labels()).toEqual([
    "1 angle front model 1",
    "1 tone warm model 5",
    "2 tone cool person 1",
    "3 tone warm model 3",
    "4 angle front model 2",
    "4 tone warm person 1",
  ]);
  const label = await db.label.findUniqueOrThrow({ where: { imageId_attribute: { imageId: 1, attribute: "tone" } } });
  expect(label).toMatchObject({
    etag: "e",
    confidence: 0.75,
    labelRunId,
    jobRunId: plan.id,
    acceptedBy: "operator:2",
    folder: "front_warm",
  });
  expect(await db.label.findFirst({ where: { imageId: 3 }, select: { folder: true } })).toEqual({ folder: null });
  expect(await db.labelHistory.findMany({ where: { imageId: 3 } })).toMatchObject([
    { value: "cool", source: "person", rev: 2, acceptedBy: "operator:1", endedBy: actor.id, endedByRunId: plan.id },
  ]);

  // What changed nothing has no item; promoting again finds nothing to do.
  expect(await world.plan(promoteLabels, { labelRunId, runId })).toMatchObject({ planned: 0 });
  expect(await world.undo(plan.id)).toMatchObject({ succeeded: 4, skipped: 0 });
  expect((await db.label.findMany()).map(({ rev, ...rest }) => rest)).toEqual(before.map(({ rev, ...rest }) => rest));
});

test("a rollback keeps and lists what was changed since, also what was changed back; undone itself, the promotion holds again", async () => {
  const world = await openPromotions();
  await world.addImages(["a.png", "b.png", "c.png", "d.png"]);
  await world.addLabels([{ imageId: 2, attribute: "tone", value: "cool", source: "model" }]);
  const { runId, labelRunId } = await world.addLabelRun(
    [1, 2, 3, 4].map((imageId) => ({ imageId, attribute: "tone", value: "warm" })),
  );
  const run = await world.carryOut(promoteLabels, { labelRunId, runId });
  await world.set(3, "tone", "neutral");
  await world.set(4, "tone", "neutral");
  await world.set(4, "tone", "warm");

  const plan = await world.planUndo(run.id);
  expect(plan.summary).toEqual({
    conflicts: {
      count: 2,
      sample: ["c.png · tone: it was set to “neutral” since.", "d.png · tone: it was set to “warm” since."],
    },
    putsBack: { runId: run.id, items: 2, of: 4 },
  });
  const undo = await world.apply(plan);
  expect(undo).toMatchObject({ succeeded: 2, skipped: 2 });
  expect(await world.labels()).toEqual(["2 tone cool model 3", "3 tone neutral person 2", "4 tone warm person 3"]);

  const redo = await world.planUndo(undo.id);
  expect(redo.summary).toEqual({ putsBack: { runId: undo.id, items: 2, of: 2 } });
  expect(await world.apply(redo)).toMatchObject({ succeeded: 2, skipped: 0 });
  expect(await world.labels()).toEqual([
    "1 tone warm model 2",
    "2 tone warm model 4",
    "3 tone neutral person 2",
    "4 tone warm person 3",
  ]);
  expect(await world.undo(redo.id)).toMatchObject({ succeeded: 2, skipped: 0 });
  expect(await world.labels()).toEqual(["2 tone cool model 5", "3 tone neutral person 2", "4 tone warm person 3"]);
});

test("what changed between plan and apply is skipped by name, with the reason", async () => {
  const world = await openPromotions();
  const { db } = world;
  await world.addImages(["a.png", "b.png", "c.png", "d.png", "e.png", "f.png", "g.png"]);
  const { runId, labelRunId } = await world.addLabelRun(
    [1, 2, 3, 4, 5, 6, 7].map((imageId) => ({ imageId, attribute: "tone", value: "warm" })),
  );
  const plan = await world.plan(promoteLabels, { labelRunId, runId });
  await db.image.update({ where: { id: 2 }, data: { goneAt: new Date() } });
  await db.image.update({ where: { id: 3 }, data: { etag: "f" } });
  await db.proposal.updateMany({ where: { imageId: 4 }, data: { decision: "rejected" } });
  await world.set(5, "tone", "cool");
  // Set and removed again: there is none, as before, yet something happened.
  await world.set(6, "tone", "cool");
  await db.$write(async (tx) => {
    await tx.labelHistory.create({
      data: {
        imageId: 6,
        attribute: "tone",
        rev: 1,
        value: "cool",
        etag: "e",
        source: "person",
        acceptedBy: "a",
        acceptedAt: new Date(0),
        endedAt: new Date(0),
        endedBy: "a",
      },
    });
    await tx.label.deleteMany({ where: { imageId: 6 } });
  });

  expect(await world.apply(plan)).toMatchObject({ succeeded: 2, skipped: 5 });
  const { items } = await readItems(world, { runId: plan.id, outcome: "skipped" });
  expect(items.map(({ label, reason }) => [label, reason])).toEqual([
    ["b.png · tone", "This image is gone since the plan was made."],
    ["c.png · tone", "This image changed since the plan was made."],
    ["d.png · tone", "This proposal is no longer accepted."],
    ["e.png · tone", "This label was changed since the plan was made. It keeps its present value."],
    ["f.png · tone", "This label was changed since the plan was made. It keeps its present value."],
  ]);
  expect(await world.labels()).toEqual(["1 tone warm model 1", "5 tone cool person 1", "7 tone warm model 1"]);
});

test("of two promotions over the same images the second skips what the first changed", async () => {
  const world = await openPromotions();
  await world.addImages(["a.png", "b.png"]);
  const first = await world.addLabelRun([{ imageId: 1, attribute: "tone", value: "warm" }]);
  const second = await world.addLabelRun([1, 2].map((imageId) => ({ imageId, attribute: "tone", value: "cool" })));
  const [one, two] = [await world.plan(promoteLabels, first), await world.plan(promoteLabels, second)];
  expect(await world.apply(one)).toMatchObject({ succeeded: 1 });
  expect(await world.apply(two)).toMatchObject({ succeeded: 1, skipped: 1 });
  expect(await world.labels()).toEqual(["1 tone warm model 1", "2 tone cool model 1"]);
  // Both can be taken back, in either order.
  expect(await world.undo(one.id)).toMatchObject({ succeeded: 1, skipped: 0 });
  expect(await world.undo(two.id)).toMatchObject({ succeeded: 1, skipped: 0 });
  expect(await world.labels()).toEqual([]);
});

test("a promotion needs an accepted proposal", async () => {
  const world = await openPromotions();
  await world.addImages(["a.png"]);
  const { runId } = await world.addLabelRun([{ imageId: 1, attribute: "tone", value: "warm", decision: "open" }]);
  await expect(startPromotion(world, { runId, actor })).rejects.toThrow(
    `No proposal of label run ${runId} is accepted yet.`,
  );
  await expect(startPromotion(world, { runId: 99, actor })).rejects.toThrow("There is no label run 99.");
});
