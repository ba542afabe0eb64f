import { expect } from "vitest";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { reassignOwner } from "~/features/owners/reassign/reassign-owner";
import { openWorld } from "../support/world/world";
import { killing } from "./kills";

const actor = { id: "script:test", name: "test" };

/**
 * Reassigns so many images, a third of them without an owner, while the worker is killed again and again: once over the plan,
 * then each time as soon as more is done. Afterwards every row must be right, once; and so must the undo be, under as many
 * kills as are given for it.
 * @returns how much was done at the last kill of each
 */
export async function reassignUnderKills({
  images,
  kills,
  undoKills,
}: {
  images: number;
  kills: number;
  undoKills: number;
}) {
  const world = await openWorld();
  const { db } = world;
  const { start, killOverPlan, killOften } = killing(world);
  await db.owner.createMany({ data: ["a", "b", "c"].map((id) => ({ id, name: id, createdAt: new Date(0) })) });
  await db.$executeRaw`
    WITH RECURSIVE n("id") AS (SELECT 1 UNION ALL SELECT "id" + 1 FROM n WHERE "id" < ${images})
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "ownerId", "modifiedAt", "createdAt")
    SELECT "id", 'uploads/' || "id" || '.png', 'e', 1, 'upload', CASE "id" % 3 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END, 0, 0 FROM n`;
  const owners = () => db.image.groupBy({ by: ["ownerId"], _count: { _all: true }, orderBy: { ownerId: "asc" } });
  const before = await owners();

  const runId = await world.start(
    reassignOwner,
    { selection: { query: { all: true } }, toOwnerId: "c" },
    { autoApply: true },
  );
  start();
  await killOverPlan(runId);
  const atLastKill = await killOften(runId, kills - 1);

  expect(await world.read(runId)).toMatchObject({ planned: images, succeeded: images, failed: 0, skipped: 0 });
  expect(await owners()).toEqual([{ ownerId: "c", _count: { _all: images } }]);
  const [ledger] = await db.$queryRaw<Record<string, bigint>[]>`
    SELECT count(*) AS "items", count(DISTINCT "subject") AS "subjects", max("seq") AS "last",
           (SELECT sum("lastSeq" - "firstSeq" + 1) FROM "JobChunk" WHERE "runId" = ${runId} AND "outcome" = 'succeeded') AS "told"
      FROM "JobItem" WHERE "runId" = ${runId}`;
  expect(Object.values(ledger ?? {}).map(Number)).toEqual([images, images, images - 1, images]);
  expect(await db.$queryRaw`PRAGMA integrity_check`).toEqual([{ integrity_check: "ok" }]);

  const undo = await world.planUndo(runId);
  await applyRun(world, jobKinds, { runId: undo.id, planHash: undo.planHash ?? "", actor });
  const undoneAtLastKill = await killOften(undo.id, undoKills);
  expect(await world.read(undo.id)).toMatchObject({ planned: images, succeeded: images, failed: 0, skipped: 0 });
  expect(await owners()).toEqual(before);
  const wrong = await db.$queryRaw`
    SELECT "id" FROM "Image" WHERE "ownerId" IS DISTINCT FROM CASE "id" % 3 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END`;
  expect(wrong).toEqual([]);
  return { atLastKill, undoneAtLastKill };
}
