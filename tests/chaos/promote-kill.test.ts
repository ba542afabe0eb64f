import { expect, test } from "vitest";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { promoteLabels } from "~/features/labels/promote/promote-labels";
import { setLabel } from "~/features/labels/set/set-label.sql.server";
import { valuesOf } from "~/ports/sql.server";
import { labelsOf } from "../support/world/label-world";
import { openWorld } from "../support/world/world";
import { killing } from "./kills";

const IMAGES = 6_000;
const actor = { id: "script:test", name: "test" };

test("a promotion and its rollback outlive kill -9 of their worker: every label once, its history whole, the rollback exact but for what a person edited", async () => {
  const world = await openWorld();
  const { db } = world;
  const { addLabelRun } = labelsOf(world);
  const ids = Array.from({ length: IMAGES }, (_, n) => n + 1);
  await db.$executeRaw`
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt")
    SELECT "value", 'uploads/' || "value" || '.png', 'e', 1, 'upload', 0, 0 FROM ${valuesOf(ids)}`;
  // A third has none, a third one by the model, a third one by a person, which stays.
  await db.$executeRaw`
    INSERT INTO "Label" ("imageId", "attribute", "value", "rev", "etag", "source", "acceptedBy", "acceptedAt")
    SELECT "value", 'tone', 'cool', 1 + "value" % 5, 'e', CASE "value" % 3 WHEN 1 THEN 'model' ELSE 'person' END, 'operator:1', 7
      FROM ${valuesOf(ids.filter((id) => id % 3 > 0))}`;
  const content = async () =>
    (await db.label.findMany({ orderBy: { imageId: "asc" } })).map(({ rev, ...label }) => label);
  const before = await content();
  const revs = new Map((await db.label.findMany()).map(({ imageId, rev }) => [imageId, rev]));
  const run = await addLabelRun(ids.map((imageId) => ({ imageId, attribute: "tone", value: "warm" })));

  const runId = await world.start(promoteLabels, run, { autoApply: true });
  const { start, killOverPlan, killOften } = killing(world);
  start();
  await killOverPlan(runId);
  await killOften(runId, 2);
  const changed = ids.filter((id) => id % 3 < 2);
  expect(await world.read(runId)).toMatchObject({ planned: changed.length, succeeded: changed.length, skipped: 0 });
  const promoted = await db.label.findMany({ orderBy: { imageId: "asc" } });
  expect(promoted.map(({ imageId, value, source, rev }) => [imageId, value, source, rev])).toEqual(
    ids.map((id) =>
      id % 3 < 2 ? [id, "warm", "model", (revs.get(id) ?? 0) + 1] : [id, "cool", "person", revs.get(id)],
    ),
  );
  expect(await db.labelHistory.count({ where: { endedByRunId: runId, value: "cool", source: "model" } })).toBe(
    IMAGES / 3,
  );
  expect(await db.labelHistory.count()).toBe(IMAGES / 3);

  const edited = [1, 3, 2_000, 3_001, 6_000].filter((id) => id % 3 < 2);
  for (const imageId of edited) {
    const rev = promoted[imageId - 1]?.rev ?? null;
    await setLabel(world, { imageId, attribute: "tone", value: "neutral", seen: { rev }, actor });
  }
  const undo = await world.planUndo(runId);
  expect(undo.summary?.conflicts?.sample).toEqual(
    edited.map((id) => `uploads/${id}.png · tone: it was set to “neutral” since.`),
  );
  await applyRun(world, jobKinds, { runId: undo.id, planHash: undo.planHash ?? "", actor });
  await killOften(undo.id, 1);
  expect(await world.read(undo.id)).toMatchObject({
    succeeded: changed.length - edited.length,
    skipped: edited.length,
  });
  const after = await content();
  expect(after.filter(({ imageId }) => !edited.includes(imageId))).toEqual(
    before.filter(({ imageId }) => !edited.includes(imageId)),
  );
  expect(after.filter(({ imageId }) => edited.includes(imageId)).map(({ value, source }) => [value, source])).toEqual(
    edited.map(() => ["neutral", "person"]),
  );
  // Each of a label's revs is in its history but the present one.
  const gaps = await db.$queryRaw`
    SELECT "imageId" FROM (
      SELECT "imageId", min("rev") AS "first", max("rev") AS "last", count(*) AS "revs" FROM (
        SELECT "imageId", "rev" FROM "Label" UNION ALL SELECT "imageId", "rev" FROM "LabelHistory")
      GROUP BY "imageId") WHERE "last" - "first" + 1 <> "revs"`;
  expect(gaps).toEqual([]);
  expect(await db.$queryRaw`PRAGMA integrity_check`).toEqual([{ integrity_check: "ok" }]);
});
