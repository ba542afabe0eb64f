import { expect, test } from "vitest";
import { openWorld } from "../../../../tests/support/world/world";
import { indexImages } from "./index-images";
import { indexImagesHandler, sumIndexRun } from "./index-images.server";

async function openIndex(seed?: Iterable<string>) {
  const scan = await openWorld(seed);
  return {
    ...scan,
    /** Runs the index; its counts when all of it succeeded. */
    async index(prefix = "") {
      const run = await scan.carryOut(indexImages, { prefix });
      expect(run).toMatchObject({ status: "succeeded", failed: 0 });
      return sumIndexRun(scan, run.id);
    },
    readKeys: async (where: object = {}) =>
      (await scan.db.image.findMany({ where, orderBy: { key: "asc" } })).map((image) => image.key),
  };
}

test("every tracked object gets a row with its kind and owner, at whatever depth it lies", async () => {
  const { put, index, db, readKeys } = await openIndex();
  await put({
    "top.png": "1",
    "references/01. Model/front_warm/reference.png": "22",
    "references/01. Model/back_cool/": "",
    "generated/jun-park/2026/11/a.png": "333",
    "generated/sofia-reyes/2026/11/b.png": "1",
    "uploads/jun-park/2026/11/c d+%&#.png": "1",
    "uploads/d.png": "1",
    "thumbnails/ab/x.webp": "1",
    "trash/2026/y.png": "1",
    "backups/z.db": "1",
    "labels/labels.json": "1",
    "incoming/e3b0c442": "1",
    "mina/cats/hero.jpg": "1",
    "mina/cats/comparison/gemini-2.1_0a1b2c3d.png": "1",
    "archive/2019/x.png": "1",
  });

  expect(await index()).toEqual({ objects: 9, new: 9, changed: 0, back: 0, gone: 0 });
  expect(await readKeys()).toEqual([
    "archive/2019/x.png",
    "generated/jun-park/2026/11/a.png",
    "generated/sofia-reyes/2026/11/b.png",
    "mina/cats/comparison/gemini-2.1_0a1b2c3d.png",
    "mina/cats/hero.jpg",
    "references/01. Model/front_warm/reference.png",
    "top.png",
    "uploads/d.png",
    "uploads/jun-park/2026/11/c d+%&#.png",
  ]);
  const made = await db.image.findUniqueOrThrow({ where: { key: "generated/jun-park/2026/11/a.png" } });
  expect(made).toMatchObject({ kind: "generated", ownerId: "jun-park", bytes: 3n, readEtag: null, goneAt: null });
  expect(made.modifiedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  const owners = await db.owner.findMany({ orderBy: { id: "asc" } });
  expect(owners.map((owner) => owner.id)).toEqual(["jun-park", "mina", "sofia-reyes"]);
});

test("a second run changes nothing", async () => {
  const { put, index, db } = await openIndex();
  await put({ "uploads/a.png": "1", "uploads/jun-park/2026/11/b.png": "1" });
  await index();
  const before = await db.image.findMany();

  expect(await index()).toEqual({ objects: 2, new: 0, changed: 0, back: 0, gone: 0 });
  expect(await db.image.findMany()).toEqual(before);
});

test("a replaced object takes its new ETag and keeps what was derived from the old one, named as such", async () => {
  const { put, index, db, storage } = await openIndex();
  await put({ "uploads/a.png": "old" });
  await index();
  const key = "uploads/a.png";
  const { etag: oldEtag } = await db.image.findUniqueOrThrow({ where: { key } });
  await db.image.update({ where: { key }, data: { readEtag: oldEtag, width: 640, thumbnailEtag: oldEtag } });
  const { etag } = await storage.put(key, Buffer.from("newer"), { contentType: "image/png" });

  expect(await index()).toEqual({ objects: 1, new: 0, changed: 1, back: 0, gone: 0 });
  expect(await db.image.findUniqueOrThrow({ where: { key } })).toMatchObject({
    etag,
    bytes: 5n,
    readEtag: oldEtag,
    thumbnailEtag: oldEtag,
    width: 640,
  });
});

test("an owner that somebody set stays when the object changes", async () => {
  const { put, index, db } = await openIndex();
  await put({ "uploads/jun-park/2026/11/a.png": "old" });
  await index();
  await db.owner.create({ data: { id: "mina", name: "Mina", createdAt: new Date() } });
  await db.image.updateMany({ data: { ownerId: "mina" } });
  await put({ "uploads/jun-park/2026/11/a.png": "newer" });

  await index();

  expect(await db.image.findMany({ select: { ownerId: true, bytes: true } })).toEqual([{ ownerId: "mina", bytes: 5n }]);
});

test("what comes under the keys of a merged owner goes to the one that is left; what was assigned stays", async () => {
  const { put, index, db } = await openIndex();
  const createdAt = new Date();
  for (const [id, mergedIntoId] of [
    ["mina", null],
    ["mina-old", "mina"],
    ["mina-older", "mina-old"],
  ] as const) {
    await db.owner.create({ data: { id, name: id, createdAt, mergedIntoId } });
  }
  await put({
    "uploads/mina-older/2026/11/a.png": "1",
    "generated/mina-old/2026/11/b.png": "1",
    "uploads/mina/2026/11/c.png": "1",
    "uploads/jun-park/2026/11/d.png": "1",
  });
  await index();
  const owners = async () =>
    Object.fromEntries((await db.image.findMany()).map(({ key, ownerId }) => [key.at(-5), ownerId]));
  expect(await owners()).toEqual({ a: "mina", b: "mina", c: "mina", d: "jun-park" });

  await db.image.updateMany({ where: { key: { endsWith: "a.png" } }, data: { ownerId: "jun-park" } });
  await put({ "uploads/mina-older/2026/11/a.png": "newer" });
  await index();
  expect(await owners()).toEqual({ a: "jun-park", b: "mina", c: "mina", d: "jun-park" });
});

test("what is deleted is gone, what returns is back, each in its own row", async () => {
  const { put, index, storage, readKeys, db } = await openIndex();
  await put({ "uploads/a.png": "1", "uploads/b.png": "1", "top.png": "1" });
  await index();
  await storage.deleteMany(["uploads/a.png", "top.png"]);

  expect(await index()).toEqual({ objects: 1, new: 0, changed: 0, back: 0, gone: 2 });
  expect(await readKeys({ goneAt: { not: null } })).toEqual(["top.png", "uploads/a.png"]);
  expect(await index()).toEqual({ objects: 1, new: 0, changed: 0, back: 0, gone: 0 });

  await put({ "uploads/a.png": "1" });
  expect(await index()).toEqual({ objects: 2, new: 0, changed: 0, back: 1, gone: 0 });
  expect(await readKeys({ goneAt: null })).toEqual(["uploads/a.png", "uploads/b.png"]);
  expect(await db.image.count()).toBe(3);
});

test("a folder that vanished as a whole is gone with everything in it", async () => {
  const { put, index, storage, readKeys } = await openIndex();
  await put({ "old/deep/a.png": "1", "old/b.png": "1", "old0.png": "1", "new/c.png": "1" });
  await index();
  await storage.deleteMany(["old/deep/a.png", "old/b.png"]);

  expect(await index()).toMatchObject({ gone: 2 });
  expect(await readKeys({ goneAt: null })).toEqual(["new/c.png", "old0.png"]);
});

test("large folders are an item each, and what lies beside them is seen as well", async () => {
  const keys = ["b", "d"].flatMap((folder) => Array.from({ length: 1_001 }, (_, n) => `${folder}/${n}.png`));
  const { index, put, storage, readKeys, requests, db } = await openIndex(keys);
  requests.reset();
  await index();
  expect(await db.jobItem.findMany({ select: { label: true } })).toEqual([{ label: "b/" }, { label: "d/" }]);
  // The folders, a sample of each, and each in a few pages.
  expect(requests.count("ListObjectsV2")).toBeLessThanOrEqual(11);

  const others = { "a.png": "1", "c/vanishes.png": "1", "c.png": "1", "e.png": "1", "b0.png": "1" };
  await put(others);
  expect(await index()).toMatchObject({ objects: 2_007, new: 5, gone: 0 });
  await storage.deleteMany(Object.keys(others));
  expect(await index()).toMatchObject({ objects: 2_002, new: 0, gone: 5 });
  expect(await readKeys({ goneAt: { not: null } })).toEqual(Object.keys(others).sort());
});

test("what returns beside a large folder after the plan has not gone", async () => {
  const keys = ["b", "d"].flatMap((folder) => Array.from({ length: 1_001 }, (_, n) => `${folder}/${n}.png`));
  const { index, put, storage, carryOut, readKeys } = await openIndex([...keys, "c/returns.png"]);
  await index();
  await storage.delete("c/returns.png");
  const handler: typeof indexImagesHandler = {
    ...indexImagesHandler,
    async *plan(...given) {
      const summary = yield* indexImagesHandler.plan(...given);
      await put({ "c/returns.png": "1" });
      return summary;
    },
  };

  expect(await carryOut({ definition: indexImages, handler }, { prefix: "" })).toMatchObject({
    planned: 2,
    succeeded: 2,
  });
  expect(await readKeys({ goneAt: { not: null } })).toEqual([]);
});

test("with a prefix, only keys that begin with it are looked at", async () => {
  const { put, index, storage, readKeys } = await openIndex();
  await put({ "uploads/a.png": "1", "uploads/x/b.png": "1", "generated/c.png": "1" });
  await index();
  await storage.deleteMany(["uploads/a.png", "uploads/x/b.png", "generated/c.png"]);

  expect(await index("uploads/")).toEqual({ objects: 0, new: 0, changed: 0, back: 0, gone: 2 });
  expect(await readKeys({ goneAt: null })).toEqual(["generated/c.png"]);
  expect(await index("gen")).toMatchObject({ gone: 1 });
  expect(indexImages.payload.safeParse({ prefix: "trash/" }).success).toBe(false);
});

test("composed and decomposed names are two images", async () => {
  const { put, index, readKeys } = await openIndex();
  const [nfc, nfd] = ["uploads/정면.png".normalize("NFC"), "uploads/정면.png".normalize("NFD")];
  await put({ [nfc]: "1", [nfd]: "1" });

  expect(await index()).toMatchObject({ new: 2 });
  expect(new Set(await readKeys())).toEqual(new Set([nfc, nfd]));
});

test("a listing that breaks in the middle fails its range and marks nothing in it gone", async () => {
  const keys = Array.from({ length: 2_001 }, (_, n) => `uploads/${String(n).padStart(4, "0")}.png`);
  const { put, index, db, storage, carryOut, setFaults } = await openIndex(keys);
  await put({ "generated/a.png": "1", "generated/b.png": "1" });
  await index();
  await storage.deleteMany(["uploads/0001.png", "generated/a.png"]);
  await put({ "uploads/0000-new.png": "1" });
  // The second page of uploads/ is no listing.
  setFaults([{ operation: "ListObjectsV2", pattern: "<Key>uploads(?:/|%2F)1500.*", replacement: "" }]);

  const run = await carryOut(indexImages, { prefix: "" });

  expect(run).toMatchObject({ status: "succeeded", planned: 2, failed: 1 });
  expect(run.failures).toMatchObject([{ errorClass: "s3-invalid", count: 1 }]);
  expect(await db.image.findFirst({ where: { key: "uploads/0000-new.png" } })).toMatchObject({ goneAt: null });
  expect(await db.image.findFirst({ where: { key: "uploads/0001.png" } })).toMatchObject({ goneAt: null });
  const generated = await db.image.findFirst({ where: { key: "generated/a.png" } });
  expect(generated?.goneAt).toBeInstanceOf(Date);

  setFaults([]);
  expect(await index()).toEqual({ objects: 2_002, new: 0, changed: 0, back: 0, gone: 1 });
});

test("a page that is cut off in the middle fails its range and marks nothing gone", async () => {
  const { put, index, carryOut, setFaults, readKeys, storage } = await openIndex();
  await put({ "uploads/a.png": "1", "uploads/b.png": "1" });
  await index();
  await storage.delete("uploads/a.png");
  setFaults([
    { operation: "ListObjectsV2", delayMs: 1, times: 1 },
    { operation: "ListObjectsV2", cutBody: true },
  ]);

  const run = await carryOut(
    { definition: { ...indexImages, retry: { attempts: 1, baseMs: 1, maxMs: 1 } }, handler: indexImagesHandler },
    {
      prefix: "",
    },
  );

  expect(run.failures).toMatchObject([{ errorClass: "s3-unavailable", count: 1 }]);
  expect(await readKeys({ goneAt: null })).toEqual(["uploads/a.png", "uploads/b.png"]);
});

test("a page that shows nothing and is not the last marks nothing gone", async () => {
  const keys = Array.from({ length: 1_001 }, (_, n) => `uploads/${String(n).padStart(4, "0")}.png`);
  const { index, setFaults, readKeys } = await openIndex(keys);
  await index();
  // The folders come as they are; the first page of uploads/ is empty.
  setFaults([
    { operation: "ListObjectsV2", delayMs: 1, times: 1 },
    { emptyPage: true, times: 2 },
  ]);

  expect(await index()).toEqual({ objects: 1_001, new: 0, changed: 0, back: 0, gone: 0 });
  expect(await readKeys({ goneAt: null })).toEqual(keys);
});

test("many small folders are few items, and nothing beside them is missed, counted twice or taken for gone", async () => {
  const folder = (n: number) => `owner-${String(n).padStart(4, "0")}`;
  const keys = Array.from({ length: 1_300 }, (_, n) =>
    [0, 1, 2, 3, 4].map((name) => `${folder(n)}/${name}.png`),
  ).flat();
  const others = ["a.png", `${folder(7)}.png`, "zz.png", "labels", "labels0", "labels0/x.png", "thumbnails0.png"];
  const { index, put, storage, readKeys, requests, db, carryOut } = await openIndex([
    ...keys,
    ...others,
    "labels/labels.json",
    "thumbnails/ab/x.webp",
    `thumbnails/${folder(3)}/x.webp`,
  ]);
  requests.reset();

  const run = await carryOut(indexImages, { prefix: "" });
  expect(run).toMatchObject({ status: "succeeded", failed: 0 });
  expect(run.planned).toBeLessThanOrEqual(6);
  expect(requests.count("ListObjectsV2")).toBeLessThan(60);
  expect(await readKeys()).toEqual([...keys, ...others].sort());

  // A folder that is gone as a whole, objects in and beside folders, at the ends of ranges and within them.
  const ranges = await db.jobItem.findMany({ where: { runId: run.id }, select: { before: true } });
  const bounds = ranges.flatMap(({ before }) => {
    const { after, last }: { after: string | null; last: string | null } = JSON.parse(before ?? "null");
    return [after, last].filter((bound) => bound?.startsWith("owner-")).map((bound) => `${bound}0.png`);
  });
  const gone = [...new Set([...bounds, ...keys.slice(500, 505), "a.png", `${folder(7)}.png`, "zz.png", "labels0"])];
  expect(gone.length).toBeGreaterThan(9);
  await storage.deleteMany(gone);
  await put({ [`${folder(8)}/new.png`]: "1" });

  expect(await index()).toEqual({ objects: 6_508 - gone.length, new: 1, changed: 0, back: 0, gone: gone.length });
  expect(await readKeys({ goneAt: { not: null } })).toEqual(gone.sort());
});

test("a row written behind the listing's back stays", async () => {
  const { put, index, db, readKeys } = await openIndex();
  await put({ "uploads/a.png": "1" });
  const aMomentLater = new Date(Date.now() + 10_000);
  await db.image.create({
    data: {
      key: "uploads/moved-here.png",
      etag: "e",
      bytes: 1,
      kind: "upload",
      modifiedAt: aMomentLater,
      createdAt: aMomentLater,
    },
  });

  expect(await index()).toMatchObject({ new: 1, gone: 0 });
  expect(await readKeys({ goneAt: null })).toEqual(["uploads/a.png", "uploads/moved-here.png"]);
});

test("a bucket that is not there fails the run with a sentence", async () => {
  const { carryOut, setFaults, storage } = await openIndex();
  setFaults([{ operation: "ListObjectsV2", status: 404, code: "NoSuchBucket" }]);

  const run = await carryOut(indexImages, { prefix: "" });

  expect(run.status).toBe("failed");
  expect(run.error).toContain(storage.bucket);
});
