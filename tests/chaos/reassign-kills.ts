import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { reassignOwner } from "~/features/owners/reassign-owner";
import { workerProcesses } from "../support/world/worker-processes";
import { openWorld } from "../support/world/world";

const GIVE_UP_MS = 60_000;

/**
 * Reassigns so many images, a third of them without an owner, while the worker is killed again and again: once over the plan,
 * then each time as soon as more is done. Afterwards every row must be right, once, and the undo exact.
 * @returns how much was done at the last kill
 */
export async function reassignUnderKills({ images, kills }: { images: number; kills: number }) {
  const world = await openWorld();
  const { db, env } = world;
  const { startWorker, restartWorker } = workerProcesses(
    { ...env, DATABASE_URL: `file:${db.file}` },
    "tests/chaos/reassign-worker.ts",
  );
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
  const isPlanned = () => db.jobItem.findFirst({ where: { runId }, select: { seq: true } }).then((row) => row !== null);
  const done = async () => (await world.read(runId)).done;
  let worker = startWorker();
  const kill = async () => {
    const next = await restartWorker(worker.pid ?? 0);
    if (!next) throw new Error("The worker was gone before it was killed");
    worker = next;
    // The lease of the dead runs out at once, so that the test need not wait for it.
    await db.jobRun.updateMany({ where: { id: runId, leaseUntil: { not: null } }, data: { leaseUntil: new Date(0) } });
    await db.jobChunk.updateMany({ where: { runId, leaseUntil: { not: null } }, data: { leaseUntil: new Date(0) } });
  };
  await waitFor(isPlanned);
  await kill();
  let atLastKill = 0;
  for (let n = 1; n < kills; n++) {
    await waitFor(async () => (await done()) > atLastKill);
    await kill();
    atLastKill = await done();
  }
  await expect
    .poll(async () => (await world.read(runId)).status, { interval: 100, timeout: GIVE_UP_MS })
    .toBe("succeeded");

  expect(await world.read(runId)).toMatchObject({ planned: images, succeeded: images, failed: 0, skipped: 0 });
  expect(await owners()).toEqual([{ ownerId: "c", _count: { _all: images } }]);
  const [ledger] = await db.$queryRaw<Record<string, bigint>[]>`
    SELECT count(*) AS "items", count(DISTINCT "subject") AS "subjects", max("seq") AS "last",
           (SELECT sum("lastSeq" - "firstSeq" + 1) FROM "JobChunk" WHERE "runId" = ${runId} AND "outcome" = 'succeeded') AS "told"
      FROM "JobItem" WHERE "runId" = ${runId}`;
  expect(Object.values(ledger ?? {}).map(Number)).toEqual([images, images, images - 1, images]);
  expect(await db.$queryRaw`PRAGMA integrity_check`).toEqual([{ integrity_check: "ok" }]);

  expect(await world.undo(runId)).toMatchObject({ planned: images, succeeded: images });
  expect(await owners()).toEqual(before);
  const wrong = await db.$queryRaw`
    SELECT "id" FROM "Image" WHERE "ownerId" IS DISTINCT FROM CASE "id" % 3 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END`;
  expect(wrong).toEqual([]);
  return { atLastKill };
}

async function waitFor(condition: () => Promise<boolean>) {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error("Nothing went on within a minute");
    await sleep(3);
  }
}
