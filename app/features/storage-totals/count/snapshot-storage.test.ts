import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { LeaseLost } from "~/features/job-runs/engine/ledger/lease-lost";
import { createPace } from "~/features/pace";
import { newestSnapshot } from "~/features/storage-totals/snapshots";
import type { Db } from "~/ports/db.server";
import type { StorageEnv } from "~/ports/storage.server";
import { rawClient } from "../../../../tests/support/store/test-bucket";
import { openWorld } from "../../../../tests/support/world/world";
import { snapshotStorage } from "./snapshot-storage";
import { snapshotStorageHandler } from "./snapshot-storage.server";
import { addTotals } from "./totals.sql.server";

const objects = {
  "references/01. Model/front_warm/reference.png": "four",
  "generated/u-1/2026/11/a.png": "a picture",
  "generated/u-1/2026/11/": "",
  "uploads/u-2/2026/11/b.jpg": "another",
  "mina/cats/hero.webp": "hero",
  "mina/cats/supporting/0a1b2c3d.jpg": "supporting",
  "mina/dogs/hero.png": "a dog",
  "한국/고양이.png": "not an article",
  "notes.txt": "text",
  "thumbnails/ab/ab.webp": "thumb",
  "trash/mina/cats/hero.png": "trashed",
  "backups/2026/backup.db": "a backup",
  "labels/labels.ndjson": "{}",
  "incoming/part": "a part",
};

/** What a client of its own adds up, page by page, as `aws s3 ls --summarize --recursive` does. */
async function walk(env: StorageEnv) {
  const client = rawClient(env);
  const sum = { objects: 0, bytes: 0 };
  for (let StartAfter: string | undefined = ""; StartAfter !== undefined; ) {
    const page: { Contents?: { Key?: string; Size?: number }[]; IsTruncated?: boolean } = await client.send(
      new ListObjectsV2Command({ Bucket: env.S3_BUCKET, StartAfter, MaxKeys: 7 }),
    );
    for (const { Size } of page.Contents ?? []) {
      sum.objects += 1;
      sum.bytes += Size ?? 0;
    }
    StartAfter = page.IsTruncated ? page.Contents?.at(-1)?.Key : undefined;
  }
  client.destroy();
  return sum;
}

/** The newest snapshot, and "name" or "name class" → "objects/bytes" of one dimension. */
async function newest(db: Db, dimension = "kind") {
  const snapshot = await db.storageSnapshot.findFirst({
    ...newestSnapshot,
    include: { totals: { where: { dimension } } },
  });
  const totals = snapshot?.totals.map(({ name, ownerId, storageClass, objects, bytes }) => [
    [name || "none", ownerId, storageClass].filter(Boolean).join(" "),
    `${objects}/${bytes}`,
  ]);
  return { objects: snapshot?.objects, bytes: Number(snapshot?.bytes), totals: Object.fromEntries(totals ?? []) };
}

test("its totals are those of an independent client, to the byte, before and after what changes", async () => {
  const world = await openWorld();
  await world.put(objects);
  const run = await world.carryOut(snapshotStorage, { versions: false });
  expect(run).toMatchObject({ status: "succeeded", succeeded: 1 });
  const first = await newest(world.db);
  expect(first).toMatchObject(await walk(world.env));
  for (const dimension of ["kind", "root", "format", "class"]) {
    const { totals } = await newest(world.db, dimension);
    const sums = Object.values(totals).map((total) => String(total).split("/").map(Number));
    expect(
      sums.reduce((sum, [, bytes = 0]) => sum + bytes, 0),
      dimension,
    ).toBe(first.bytes);
    expect(
      sums.reduce((sum, [found = 0]) => sum + found, 0),
      dimension,
    ).toBe(first.objects);
  }
  await world.put({ "uploads/u-2/2026/11/c.jpg": "one more", "notes.txt": "longer than before" });
  await world.storage.delete("trash/mina/cats/hero.png");
  await world.carryOut(snapshotStorage, { versions: false });
  expect(await newest(world.db)).toMatchObject(await walk(world.env));
  expect(await world.db.storageSnapshot.count()).toBe(2);
});

test("each object is counted by kind, owner, root, format and article; the index goes before the key", async () => {
  const world = await openWorld();
  await world.put(objects);
  await world.carryOut(indexImages, { prefix: "" });
  const { db } = world;
  await db.image.update({ where: { key: "mina/cats/hero.webp" }, data: { ownerId: "u-1" } });
  // Named PNG, read as a JPEG; and read once, but of bytes that are no longer there.
  const { etag } = await db.image.update({
    where: { key: "mina/dogs/hero.png" },
    data: { contentType: "image/jpeg" },
    select: { etag: true },
  });
  await db.image.update({ where: { key: "mina/dogs/hero.png" }, data: { readEtag: etag } });
  await db.image.update({
    where: { key: "uploads/u-2/2026/11/b.jpg" },
    data: { contentType: "image/gif", readEtag: "of before" },
  });
  await world.carryOut(snapshotStorage, { versions: false });
  expect((await newest(db, "kind")).totals).toEqual({
    ...{ generated: "1/9", upload: "4/26", reference: "1/4", other: "2/18", thumbnail: "1/5", trash: "1/7" },
    ...{ backup: "1/8", labels: "1/2", incoming: "1/6", folder: "1/0" },
  });
  expect((await newest(db, "owner")).totals).toEqual({ none: "3/22", "u-1": "2/13", "u-2": "1/7", mina: "2/15" });
  expect((await newest(db, "root")).totals).toEqual({ Model: "1/4", none: "13/81" });
  expect((await newest(db, "format")).totals).toMatchObject({ jpeg: "3/22", png: "4/34", webp: "2/9", txt: "1/4" });
  expect((await newest(db, "article")).totals).toEqual({
    ...{ "mina/cats u-1": "1/4", "mina/cats mina": "1/10", "mina/dogs mina": "1/5" },
  });
});

test("what lies in another storage class is told apart", async () => {
  const world = await openWorld();
  await world.put({ "uploads/u-1/2026/11/a.png": "hot" });
  const archived = { contentType: "image/png", storageClass: "GLACIER" };
  await world.storage.put("uploads/u-1/2026/11/b.png", Buffer.from("archived"), archived);
  await world.carryOut(snapshotStorage, { versions: false });
  expect((await newest(world.db, "class")).totals).toEqual({ STANDARD: "1/3", GLACIER: "1/8" });
  expect((await newest(world.db, "owner")).totals).toEqual({ "u-1": "2/11", "u-1 GLACIER": "1/8" });
});

test("hidden versions are counted where someone asks for them", async () => {
  const world = await openWorld([], "aws-versioned");
  await world.put({ "a.png": "first", "b.png": "stays", "c.png": "is deleted" });
  await world.put({ "a.png": "second" });
  await world.storage.delete("c.png");
  await world.carryOut(snapshotStorage, { versions: false });
  const ofHidden = {
    ...newestSnapshot,
    select: { objects: true, bytes: true, hiddenObjects: true, hiddenBytes: true },
  };
  const shown = { objects: 2, bytes: 11n };
  expect(await world.db.storageSnapshot.findFirst(ofHidden)).toEqual({
    ...shown,
    ...{ hiddenObjects: null, hiddenBytes: null },
  });
  await world.carryOut(snapshotStorage, { versions: true });
  // The former a.png, and c.png with the marker that its delete left.
  expect(await world.db.storageSnapshot.findFirst(ofHidden)).toEqual({
    ...shown,
    ...{ hiddenObjects: 3, hiddenBytes: 15n },
  });
});

test("a bucket that cannot be listed fails the run, says why, and leaves the last snapshot standing", async () => {
  const world = await openWorld();
  await world.put(objects);
  await world.carryOut(snapshotStorage, { versions: false });
  const before = await newest(world.db);
  world.setFaults([{ status: 403, code: "AccessDenied" }]);
  const run = await world.carryOut(snapshotStorage, { versions: false });
  expect(run).toMatchObject({ status: "succeeded", failed: 1 });
  expect(await newest(world.db)).toEqual(before);
  world.setFaults([]);
  await world.carryOut(snapshotStorage, { versions: false });
  expect(await newest(world.db)).toEqual(before);
  expect(await world.db.storageSnapshot.count({ where: { finishedAt: null } })).toBe(0);
});

test("a snapshot whose worker dies half-way is counted again from the start, and once", async () => {
  const world = await openWorld();
  await world.put(objects);
  const runId = await world.start(snapshotStorage, { versions: false }, { autoApply: true });
  await world.db.storageSnapshot.create({
    data: {
      takenAt: new Date(0),
      objects: 1,
      totals: {
        create: { dimension: "kind", name: "generated", ownerId: "", storageClass: "", objects: 7, bytes: 7n },
      },
    },
  });
  await world.work(runId);
  expect(await world.db.storageSnapshot.count()).toBe(1);
  expect(await newest(world.db)).toMatchObject(await walk(world.env));
});

test("a worker that has lost its lease takes nothing away of what another counts", async () => {
  const { db, ports } = await openWorld();
  const total = { dimension: "kind", name: "generated", ownerId: "", storageClass: "", objects: 7, bytes: 7n };
  await db.storageSnapshot.create({ data: { takenAt: new Date(0), totals: { create: total } } });
  await db.storageSnapshot.create({ data: { takenAt: new Date(0) } });
  const item = { seq: 0, subject: "bucket", label: null, before: null, target: null, etag: null, attempts: 0 };
  const context = {
    ...{ runId: 1, payload: { versions: false }, signal: new AbortController().signal, hasConsent: false },
    hold: () => Promise.reject(new LeaseLost("Another worker has it.")),
    waiting: () => undefined,
  };
  await expect(snapshotStorageHandler.apply(ports, item, context)).rejects.toThrow(LeaseLost);
  expect([await db.storageSnapshot.count(), await db.storageTotal.count()]).toEqual([2, 1]);
});

test("what is written in parts, for memory holds only so many values, adds up", async () => {
  const { db } = await openWorld();
  const { id } = await db.storageSnapshot.create({ data: { takenAt: new Date(0), finishedAt: new Date(0) } });
  const part = (name: string, objects: number) => ({
    ...{ dimension: "owner" as const, name, ownerId: "", storageClass: "", objects, bytes: objects * 10 },
  });
  const options = { signal: new AbortController().signal, pace: createPace() };
  await addTotals(db, id, [part("u-1", 3), part("u-2", 1)], options);
  await addTotals(db, id, [part("u-1", 4)], options);
  expect((await newest(db, "owner")).totals).toEqual({ "u-1": "7/70", "u-2": "1/10" });
});
