import { expect, test } from "vitest";
import { quarantineObjects } from "~/features/attribute-groups/actions/quarantine-objects.server";
import { indexImages } from "~/features/images/index/index-images";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { ItemContext } from "~/features/job-runs/kinds/handler";
import { parseJson } from "~/features/json-column";
import { deathsIn, portsThatDie } from "../../../../tests/support/ports-that-die";
import { openWorld } from "../../../../tests/support/world/world";
import { removeOrphanedThumbnails } from "./remove-orphaned-thumbnails";
import { removeOrphanedThumbnailsHandler } from "./remove-orphaned-thumbnails.server";

const HOUR = 60 * 60 * 1_000;

/** A bucket with images that have thumbnails. */
async function openThumbnails(keys: string[]) {
  const world = await openWorld();
  const { db, storage } = world;
  const putThumbnail = (key: string) =>
    storage.put(thumbnailKey(key), Buffer.from(`thumbnail of ${key}`), { contentType: "image/webp" });
  for (const key of keys) {
    await world.put({ [key]: key });
    await putThumbnail(key);
  }
  await world.carryOut(indexImages, { prefix: "" });
  await db.$executeRaw`UPDATE "Image" SET "thumbnailEtag" = "etag"`;
  const later = { now: () => new Date(Date.now() + 2 * HOUR) };
  const thumbnails = async () => {
    const found: string[] = [];
    for await (const { objects } of storage.list({ prefix: "thumbnails/" })) {
      for (const { key } of objects) found.push(keys.find((one) => thumbnailKey(one) === key) ?? key);
    }
    return found.sort();
  };
  const remove = async (key: string) => {
    await storage.delete(key);
    await world.carryOut(indexImages, { prefix: "" });
  };
  /** Two hours later, unless it is asked for now. */
  const planRemoval = async ({ isNow = false } = {}) => {
    const runId = await world.start(removeOrphanedThumbnails, {});
    return world.work(runId, { as: { ...world.ports, ...(!isNow && { clock: later }) } });
  };
  return { ...world, thumbnails, remove, planRemoval };
}

test("thumbnails of images that are gone or unknown go; those of present ones and what is none stay", async () => {
  const world = await openThumbnails(["uploads/1.png", "uploads/2.png", "uploads/3.png"]);
  await world.remove("uploads/2.png");
  await world.db.image.delete({ where: { key: "uploads/3.png" } });
  await world.storage.put("thumbnails/notes.txt", Buffer.from("?"), { contentType: "text/plain" });
  const plan = await world.planRemoval();
  expect(plan).toMatchObject({ planned: 2, summary: { otherObjects: 2, leftOut: [{ count: 1 }] } });
  expect(plan.summary?.warnings?.[0]).toMatch(/^There is no undo\. 1 thumbnail shows an image that is gone/);
  expect(await world.apply(plan)).toMatchObject({ succeeded: 2 });
  expect(await world.thumbnails()).toEqual(["thumbnails/notes.txt", "uploads/1.png"]);
  const rows = await world.db.image.findMany({ orderBy: { key: "asc" } });
  expect(rows.map(({ thumbnailEtag, etag }) => thumbnailEtag === etag)).toEqual([true, false]);
  expect((await world.planRemoval()).planned).toBe(0);
});

test("what was made within the hour is left, for its image's row may be about to come", async () => {
  const world = await openThumbnails(["uploads/1.png"]);
  await world.remove("uploads/1.png");
  const plan = await world.planRemoval({ isNow: true });
  expect(plan).toMatchObject({ planned: 0, summary: { leftOut: [{ count: 1 }] } });
});

test("the thumbnail of an image that a run moved to the trash stays, so that its undo finds it", async () => {
  const world = await openThumbnails(["references/01. Model/front_warm/1.png"]);
  const keys = ["references/01. Model/front_warm/1.png"];
  await world.apply(await world.plan(quarantineObjects, { root: "Model", keys }));
  expect(await world.db.image.count({ where: { goneAt: null } })).toBe(0);
  expect((await world.planRemoval()).planned).toBe(0);
});

test("one whose image is back, or that was made again, stays", async () => {
  const world = await openThumbnails(["uploads/1.png", "uploads/2.png", "uploads/3.png"]);
  await world.remove("uploads/1.png");
  await world.remove("uploads/2.png");
  await world.db.image.delete({ where: { key: "uploads/3.png" } });
  const plan = await world.planRemoval();
  expect(plan.planned).toBe(3);
  await world.put({ "uploads/1.png": "uploads/1.png" });
  await world.carryOut(indexImages, { prefix: "" });
  await world.storage.put(thumbnailKey("uploads/3.png"), Buffer.from("new"), { contentType: "image/webp" });
  expect(await world.apply(plan)).toMatchObject({ succeeded: 1, skipped: 2 });
  expect(await world.thumbnails()).toEqual(["uploads/1.png", "uploads/3.png"]);
});

test("one of an image that the index did not know stays once it does, and none is looked for before the bucket was listed", async () => {
  const world = await openThumbnails(["uploads/1.png"]);
  const { db } = world;
  const row = await db.image.findUniqueOrThrow({ where: { key: "uploads/1.png" } });
  await db.image.delete({ where: { id: row.id } });
  const plan = await world.planRemoval();
  await db.image.create({ data: { ...row, createdAt: new Date(Date.now() + 3 * HOUR) } });
  expect(await world.apply(plan)).toMatchObject({ succeeded: 0, skipped: 1 });
  expect(await world.thumbnails()).toEqual(["uploads/1.png"]);

  await db.jobRun.updateMany({ where: { kind: indexImages.kind }, data: { status: "cancelled" } });
  const refused = await world.planRemoval();
  expect(refused).toMatchObject({ status: "failed", planned: 0 });
});

test("a worker that dies at any step leaves no image whose row tells of a thumbnail that is gone, and another goes on", async () => {
  const world = await openThumbnails(["uploads/1.png", "uploads/2.png", "uploads/3.png"]);
  const { db, ports } = world;
  await world.remove("uploads/1.png");
  await world.remove("uploads/2.png");
  const plan = await world.planRemoval();
  const context: ItemContext<object> = {
    ...{ runId: plan.id, payload: {}, signal: new AbortController().signal, hasConsent: false, waiting: () => {} },
    hold: async (tx) => void (await tx.jobRun.update({ where: { id: plan.id }, data: { worker: "test" } })),
  };
  const items = await db.jobItem.findMany({ where: { runId: plan.id } });
  for (const row of items) {
    const item = { ...row, before: parseJson(row.before), target: null };
    for (const death of deathsIn(3)) {
      await removeOrphanedThumbnailsHandler.apply(portsThatDie(ports, death), item, context).catch(() => {});
      const left = await world.thumbnails();
      for (const { key, thumbnailEtag } of await db.image.findMany()) {
        if (thumbnailEtag !== null) expect(left).toContain(key);
      }
    }
  }
  expect(await world.apply(plan)).toMatchObject({ status: "succeeded", failed: 0, skipped: 0 });
  expect(await world.thumbnails()).toEqual(["uploads/3.png"]);
});
