import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { countMissingThumbnails } from "~/features/thumbnails/missing-thumbnails.sql.server";
import { isArchiveClass } from "~/ports/storage/object-head.server";
import { openWorld } from "../../../tests/support/world/world";
import { LISTED_ARCHIVE_CLASSES } from "./archived";
import { indexImages } from "./index/index-images";
import { linkToOriginal, linkToThumbnail } from "./link-to-image.server";

const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#c08040" } })
  .png()
  .toBuffer();

async function openArchive() {
  const world = await openWorld();
  return {
    ...world,
    store: (key: string, storageClass?: string) =>
      world.storage.put(key, picture, { contentType: "image/png", ...(storageClass && { storageClass }) }),
    index: () => world.carryOut(indexImages, { prefix: "" }),
    backfill: (force = false) => world.carryOut(backfillThumbnails, { force }),
    image: (key: string) => world.db.image.findUniqueOrThrow({ where: { key } }),
  };
}

const archived = (count: number) => ({ what: "Archived, left out until restored in the store", count });

test("the classes that a listing shows to be archived are those that the port takes for archived", () => {
  const classes = ["STANDARD_IA", "GLACIER", "GLACIER_IR", "DEEP_ARCHIVE", "INTELLIGENT_TIERING", "ONEZONE_IA"];
  expect(classes.filter(isArchiveClass)).toEqual(LISTED_ARCHIVE_CLASSES);
});

describe("an object in an archive class", () => {
  test("is indexed as such, and no backfill plans it", async () => {
    const { store, index, backfill, image, db } = await openArchive();
    await store("uploads/a.png");
    await store("uploads/b.png", "GLACIER");
    await store("uploads/c.png", "DEEP_ARCHIVE");
    await store("uploads/d.png", "GLACIER_IR");
    await index();

    expect(await image("uploads/a.png")).toMatchObject({ storageClass: null, archivedAs: null });
    expect(await image("uploads/b.png")).toMatchObject({ storageClass: "GLACIER", archivedAs: "GLACIER" });
    expect(await image("uploads/c.png")).toMatchObject({ archivedAs: "DEEP_ARCHIVE" });
    expect(await image("uploads/d.png")).toMatchObject({ storageClass: "GLACIER_IR", archivedAs: null });
    expect(await countMissingThumbnails(db)).toBe(2);

    const run = await backfill();
    expect(run).toMatchObject({ planned: 2, succeeded: 2, failed: 0 });
    expect(run.summary?.leftOut).toContainEqual(archived(2));
    const again = await backfill();
    expect(again).toMatchObject({ planned: 0 });
    expect(again.summary?.leftOut).toContainEqual(archived(2));
  });

  test("keeps its thumbnail and what was read of it when it is archived later", async () => {
    const { store, index, backfill, image } = await openArchive();
    await store("uploads/a.png");
    await index();
    await backfill();
    await store("uploads/a.png", "GLACIER");
    await index();

    const row = await image("uploads/a.png");
    expect(row).toMatchObject({ archivedAs: "GLACIER", width: 8, unreadable: null });
    expect(row.thumbnailEtag).toBe(row.etag);
    expect((await backfill()).summary?.leftOut).not.toContainEqual(archived(1));
  });

  test("is done as soon as it can be read again: restored, or in another class", async () => {
    const { store, index, backfill, image, setFaults } = await openArchive();
    await store("uploads/a.png", "GLACIER");
    await index();
    // What AWS lists once a copy has been restored; the class stays.
    setFaults([
      {
        operation: "ListObjectsV2",
        pattern: "<StorageClass>GLACIER</StorageClass>",
        replacement:
          "<StorageClass>GLACIER</StorageClass><RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress></RestoreStatus>",
      },
    ]);
    await index();
    expect(await image("uploads/a.png")).toMatchObject({ storageClass: "GLACIER", archivedAs: null });

    // The copy runs out, and the object is put back for good.
    setFaults([]);
    await index();
    expect(await image("uploads/a.png")).toMatchObject({ archivedAs: "GLACIER" });
    await store("uploads/a.png");
    expect(await backfill()).toMatchObject({ planned: 1, succeeded: 1 });
    expect(await image("uploads/a.png")).toMatchObject({ archivedAs: null, width: 8 });
    await index();
    expect(await image("uploads/a.png")).toMatchObject({ storageClass: null, archivedAs: null });
  });

  test("has no link that leads to an error of the store", async () => {
    const { store, index, image, ports } = await openArchive();
    await store("uploads/a.png", "GLACIER");
    await index();
    const { id } = await image("uploads/a.png");
    const sentence =
      "“a.png” is archived and cannot be read before it is restored. Restore it in the store, then try again.";
    await expect(linkToOriginal(ports, id, null)).rejects.toMatchObject({ code: "conflict", message: sentence });
    await expect(linkToThumbnail(ports, id, null)).rejects.toMatchObject({ code: "not-found", message: sentence });

    await store("uploads/a.png");
    expect((await linkToOriginal(ports, id, null)).url).toMatch(/^http/);
  });
});

test("an archive tier that no listing shows fails the image once, in words of its own, and is remembered", async () => {
  const { store, index, backfill, image, setFaults, db } = await openArchive();
  await store("uploads/a.png", "INTELLIGENT_TIERING");
  await index();
  setFaults([{ operation: "GetObject", keyPattern: "uploads/a.png", status: 403, code: "InvalidObjectState" }]);

  const run = await backfill();
  expect(run).toMatchObject({ planned: 1, failed: 1 });
  expect(run.failures).toMatchObject([{ errorClass: "s3-archived", count: 1 }]);
  const [item] = await db.jobItem.findMany({ where: { runId: run.id } });
  expect(item?.error).toMatch(/archived and cannot be read before it is restored. Restore it in the store, then run/);
  expect(await image("uploads/a.png")).toMatchObject({ archivedAs: "INTELLIGENT_TIERING", unreadable: null });

  await index();
  expect(await backfill()).toMatchObject({ planned: 0 });
  expect(await backfill(true)).toMatchObject({ planned: 0 });

  setFaults([]);
  expect(await backfill()).toMatchObject({ planned: 1, succeeded: 1 });
  expect(await image("uploads/a.png")).toMatchObject({ archivedAs: null });
});

test("an object without an ETag in listings is indexed, done and left alone like any other", async () => {
  const { store, index, backfill, image, setFaults } = await openArchive();
  await store("uploads/a.png");
  await store("uploads/odd.png");
  setFaults([
    { operation: "ListObjectsV2", pattern: "(<Key>uploads/odd.png</Key>.*?)<ETag>.*?</ETag>", replacement: "$1" },
  ]);

  expect(await index()).toMatchObject({ failed: 0 });
  expect((await image("uploads/odd.png")).etag).toBe((await image("uploads/a.png")).etag);
  expect(await backfill()).toMatchObject({ planned: 2, succeeded: 2 });
  await index();
  expect(await backfill()).toMatchObject({ planned: 0 });
});

test("an object whose ETag in listings is never that of a GET is no changed one; a changed one is", async () => {
  const { store, storage, index, backfill, image, setFaults } = await openArchive();
  await store("uploads/a.png");
  await store("uploads/b.png");
  const odd = { operation: "ListObjectsV2", pattern: "<ETag>", replacement: "<ETag>listed-" };
  setFaults([odd]);
  await index();
  expect((await image("uploads/a.png")).etag).not.toBe((await storage.head("uploads/a.png"))?.etag);
  setFaults([]);
  await storage.put("uploads/b.png", Buffer.concat([picture, Buffer.from(" ")]), { contentType: "image/png" });
  setFaults([odd]);

  expect(await backfill()).toMatchObject({ planned: 2, succeeded: 1, skipped: 1 });
  const row = await image("uploads/a.png");
  expect(row.thumbnailEtag).toBe(row.etag);
  await index();
  expect(await image("uploads/a.png")).toEqual(row);
});
