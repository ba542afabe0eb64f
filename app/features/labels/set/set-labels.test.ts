import { expect, test } from "vitest";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { promoteLabels } from "~/features/labels/promote/promote-labels";
import { labelsOf } from "../../../../tests/support/world/label-world";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { removeLabel, restoreLabel, setLabel } from "./set-label.sql.server";
import { startSetLabels } from "./start-set-labels.server";

const mina = { id: "operator:1", name: "Mina" };

async function openLabels(keys: string[]) {
  const ports = await openTestPorts();
  const world = { ...ports, ...runsOf(ports, mina), ...labelsOf(ports) };
  await world.addImages(keys);
  const plan = async (
    value: string | null,
    selection: Parameters<typeof startSetLabels>[1]["selection"] = { query: { all: true } },
  ) => world.work((await startSetLabels(ports, { selection, attribute: "tone", value, actor: mina })).runId);
  return { ...world, plan };
}

test("a person labels a selection: plan, apply and an exact undo; who was labeled so by a person already is left alone", async () => {
  const world = await openLabels(["references/01. Model/front_warm/a.png", "b.png", "c.png", "d.png", "e.png"]);
  const { db } = world;
  await db.image.update({ where: { id: 5 }, data: { goneAt: new Date() } });
  await world.addLabels([
    { imageId: 1, attribute: "tone", value: "warm", source: "model", rev: 3 },
    { imageId: 2, attribute: "tone", value: "warm" },
    { imageId: 3, attribute: "tone", value: "warm", etag: "older" },
    { imageId: 4, attribute: "angle", value: "front" },
  ]);
  const before = await world.labels();
  const plan = await world.plan("warm");
  expect(plan).toMatchObject({
    title: "Set tone to “warm”",
    planned: 3,
    summary: {
      images: 3,
      present: [
        { what: "no label", count: 1 },
        { what: "warm, by a person", count: 1 },
        { what: "warm, by the model", count: 1 },
      ],
      leftOut: [{ what: "Labeled so by a person already", count: 1 }],
      samples: [1, 3, 4],
    },
  });
  expect(await world.apply(plan)).toMatchObject({ succeeded: 3, skipped: 0 });
  expect(await world.labels()).toEqual([
    "1 tone warm person 4",
    "2 tone warm person 1",
    "3 tone warm person 2",
    "4 angle front person 1",
    "4 tone warm person 1",
  ]);
  expect(await db.label.findFirst({ where: { imageId: 1 } })).toMatchObject({
    etag: "e",
    acceptedBy: "operator:1",
    folder: "front_warm",
    jobRunId: plan.id,
  });
  await world.undo(plan.id);
  expect((await world.labels()).map((label) => label.replace(/\d+$/, ""))).toEqual(
    before.map((label) => label.replace(/\d+$/, "")),
  );
  expect(await db.label.findFirst({ where: { imageId: 3 } })).toMatchObject({ etag: "older" });
});

test("labels are removed from a selection, and are back after the undo, but for one that was set again meanwhile", async () => {
  const world = await openLabels(["a.png", "b.png", "c.png"]);
  await world.addLabels(
    [1, 2].map((imageId) => ({ imageId, attribute: "tone", value: "cool", source: "model" as const })),
  );
  const plan = await world.plan(null);
  expect(plan).toMatchObject({ planned: 2, summary: { leftOut: [{ what: "Have no label", count: 1 }] } });
  await world.apply(plan);
  expect(await world.labels()).toEqual([]);
  await setLabel(world, { imageId: 2, attribute: "tone", value: "warm", seen: { rev: null }, actor: mina });
  const undo = await world.planUndo(plan.id);
  expect(undo.summary?.conflicts).toEqual({ count: 1, sample: ["b.png · tone: it was set to “warm” since."] });
  expect(await world.apply(undo)).toMatchObject({ succeeded: 1, skipped: 1 });
  expect(await world.labels()).toEqual(["1 tone cool model 2", "2 tone warm person 2"]);
});

test("an attribute is called by its words in a plan, its items and the audit log", async () => {
  const world = await openLabels(["a.png"]);
  const label = { attribute: "ageRange", value: "30s", actor: mina };
  const { runId } = await startSetLabels(world, { ...label, selection: { query: { all: true } } });
  expect(await world.work(runId)).toMatchObject({ title: "Set age range to “30s”", planned: 1 });
  const { items } = await readItems(world, { runId });
  expect(items.map((item) => item.label)).toEqual(["a.png · age range"]);
  await setLabel(world, { ...label, imageId: 1, seen: { rev: null } });
  const { sentence } = await world.db.auditEvent.findFirstOrThrow({ where: { subject: "image:1" } });
  expect(sentence).toBe("Set age range of “a.png” to “30s”");
});

test("an image that changed since the plan, and a label that did, are skipped by name", async () => {
  const world = await openLabels(["a.png", "b.png", "c.png"]);
  const plan = await world.plan("warm");
  await world.db.image.update({ where: { id: 1 }, data: { etag: "f" } });
  await setLabel(world, { imageId: 2, attribute: "tone", value: "cool", seen: { rev: null }, actor: mina });
  expect(await world.apply(plan)).toMatchObject({ succeeded: 1, skipped: 2 });
  const { items } = await readItems(world, { runId: plan.id, outcome: "skipped" });
  expect(items.map(({ label, reason }) => [label, reason])).toEqual([
    ["a.png · tone", "This image changed since the plan was made."],
    ["b.png · tone", "This label was changed since the plan was made. It keeps its present value."],
  ]);
  expect(await world.labels()).toEqual(["2 tone cool person 1", "3 tone warm person 1"]);
});

test.each([
  [{ attribute: "mood", value: "warm" }, "There is no attribute called “mood”"],
  [{ attribute: "constructor", value: "warm" }, "There is no attribute called “constructor”"],
  [{ attribute: "tone", value: "pink" }, "“pink” is no listed value of tone. Choose one of “warm”, “neutral”, “cool”."],
])("what labels/schema.json does not list is refused: %j", async (label, sentence) => {
  const world = await openLabels(["a.png"]);
  const selection = { query: { all: true as const } };
  await expect(startSetLabels(world, { selection, ...label, actor: mina })).rejects.toThrow(sentence);
  await expect(setLabel(world, { imageId: 1, ...label, seen: { rev: null }, actor: mina })).rejects.toThrow(sentence);
});

test("one label is set, confirmed, removed and put back where it is shown, and the audit log tells who did", async () => {
  const world = await openLabels(["a.png"]);
  const { db } = world;
  const run = await world.addLabelRun([{ imageId: 1, attribute: "tone", value: "warm" }]);
  await world.carryOut(promoteLabels, run);
  const edit = { imageId: 1, attribute: "tone", actor: mina };
  expect(await setLabel(world, { ...edit, value: "cool", seen: { rev: 1, etag: "e" } })).toEqual({
    attribute: "tone",
    said: "tone is “cool” now.",
    rev: 2,
    former: 1,
  });
  await expect(setLabel(world, { ...edit, value: "warm", seen: { rev: 1, etag: "e" } })).rejects.toThrow(
    "changed since it was shown",
  );
  await expect(setLabel(world, { ...edit, value: "warm", seen: { rev: 2, etag: "d" } })).rejects.toThrow(
    "changed since it was shown",
  );
  expect(await removeLabel(world, { ...edit, seen: { rev: 2 } })).toEqual({
    attribute: "tone",
    said: "tone has no label now.",
    rev: null,
    former: 2,
  });
  expect(await restoreLabel(world, { ...edit, former: 1, seen: { rev: null } })).toEqual({
    attribute: "tone",
    said: "tone is as it was.",
    rev: 3,
    former: null,
  });
  expect(await db.label.findMany()).toMatchObject([
    { value: "warm", source: "model", labelRunId: run.labelRunId, acceptedBy: "operator:2", rev: 3 },
  ]);
  // The image is another one now: to say the same again is to label it as it is.
  await db.image.update({ where: { id: 1 }, data: { etag: "f" } });
  await setLabel(world, { ...edit, value: "warm", seen: { rev: 3, etag: "f" } });
  expect(await db.label.findMany()).toMatchObject([{ value: "warm", source: "person", etag: "f", rev: 4 }]);
  const events = await db.auditEvent.findMany({ where: { subject: "image:1" } });
  expect(events.map(({ actorName, sentence }) => `${actorName}: ${sentence}`)).toEqual([
    "Mina: Set tone of “a.png” to “cool”",
    "Mina: Removed tone of “a.png”",
    "Mina: Put a former tone of “a.png” back",
    "Mina: Set tone of “a.png” to “warm”",
  ]);
});
