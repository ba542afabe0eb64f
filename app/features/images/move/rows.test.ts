import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { indexImagesHandler, sumIndexRun } from "~/features/images/index/index-images.server";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import type { Db } from "~/ports/db.server";
import type { Storage, StoredObject } from "~/ports/storage.server";
import { rawClient } from "../../../../tests/support/store/test-bucket";
import { openMoves, testMoves } from "../../../../tests/support/world/move-world";

type World = Awaited<ReturnType<typeof openMoves>>;

const actor = { id: "script:test", name: "test" };

const A = "references/a.png";
const B = "references/b.png";

const carryOut = (world: World, from: string, to: string) => world.carryOut(testMoves, { moves: [{ from, to }] });

async function index(world: World) {
  const { id } = await world.carryOut(indexImages, { prefix: "" });
  return sumIndexRun(world, id);
}

const readRow = (db: Db, id: number) => db.image.findUniqueOrThrow({ where: { id }, include: { labels: true } });

test("the image's row, its label with it, is the target's; an index run finds nothing to do", async () => {
  const world = await openMoves();
  const { db } = world;
  const id = await world.addImage(A, "one");
  const key = "generated/u1/2026/01/b.png";
  expect(await carryOut(world, A, key)).toMatchObject({ succeeded: 1 });
  const row = await readRow(db, id);
  expect(row).toMatchObject({ key, kind: "generated", ownerId: null, goneAt: null, bytes: 3n });
  expect(row.labels).toMatchObject([{ attribute: "tone", value: "warm", rev: 1, etag: row.etag }]);
  expect(await db.image.count()).toBe(1);
  expect(await index(world)).toEqual({ objects: 1, new: 0, changed: 0, back: 0, gone: 0 });
  expect(await readRow(db, id)).toMatchObject({ key, goneAt: null });
});

test("an index run whose listing is from before the move does not take the image for gone", async () => {
  const world = await openMoves();
  const { db, ports, storage } = world;
  const id = await world.addImage(A, "one");
  const late: Storage["listParallel"] = async function* (...call) {
    const pages: StoredObject[][] = [];
    for await (const page of storage.listParallel(...call)) pages.push(page);
    await carryOut(world, A, B);
    yield* pages;
  };
  const { runId } = await startRun(ports, indexImages, { payload: { prefix: "" }, actor, autoApply: true });
  const lateStorage = { ...storage, listParallel: late };
  const job = { definition: indexImages, handler: indexImagesHandler };
  await workOnRun({ ...ports, storage: lateStorage }, job, runId, new AbortController().signal);
  expect(await readRow(db, id)).toMatchObject({ key: B, goneAt: null });
  expect(await index(world)).toMatchObject({ objects: 1, new: 0, gone: 1 });
  expect(await readRow(db, id)).toMatchObject({ key: B, goneAt: null, labels: [{ value: "warm" }] });
});

test("a row that has the target's key changes places with the image's, there and back", async () => {
  const world = await openMoves();
  const { db, storage } = world;
  const former = await world.addImage(B, "former");
  await storage.delete(B);
  await db.image.update({ where: { id: former }, data: { goneAt: new Date(1_700_000_000_000), thumbnailEtag: "t" } });
  const id = await world.addImage(A, "one");
  await carryOut(world, A, B);
  expect(await readRow(db, id)).toMatchObject({ key: B, goneAt: null });
  expect(await readRow(db, former)).toMatchObject({
    key: A,
    goneAt: new Date(1_700_000_000_000),
    thumbnailEtag: null,
    labels: [{ value: "warm" }],
  });
  await carryOut(world, B, A);
  expect(await readRow(db, id)).toMatchObject({ key: A, goneAt: null });
  expect(await readRow(db, former)).toMatchObject({ key: B });
  expect(await db.image.count()).toBe(2);
});

test("an object that the index does not know yet moves without a row", async () => {
  const world = await openMoves();
  await world.put({ [A]: "one" });
  expect(await carryOut(world, A, B)).toMatchObject({ succeeded: 1 });
  expect(await world.db.image.count()).toBe(0);
  expect(await index(world)).toMatchObject({ new: 1 });
});

test("the thumbnail follows with its headers, and the old one goes", async () => {
  const world = await openMoves();
  const { db, storage } = world;
  const id = await world.addImage(A, "one");
  const { etag } = await readRow(db, id);
  await storage.put(thumbnailKey(A), Buffer.from("small"), {
    contentType: "image/webp",
    metadata: { "source-etag": etag },
    cacheControl: "private, max-age=300",
  });
  await db.image.update({ where: { id }, data: { thumbnailEtag: etag, readEtag: etag } });
  await carryOut(world, A, B);
  expect(await readRow(db, id)).toMatchObject({ thumbnailEtag: etag, readEtag: etag });
  const { head, body } = await storage.get(thumbnailKey(B));
  expect(body.toString()).toBe("small");
  expect(head).toMatchObject({
    contentType: "image/webp",
    metadata: { "source-etag": etag },
    cacheControl: "private, max-age=300",
  });
  expect(await storage.head(thumbnailKey(A))).toBeNull();
});

test("a thumbnail that is not where it should be is one to be made again", async () => {
  const world = await openMoves();
  const id = await world.addImage(A, "one", { thumbnailEtag: "7d" });
  expect(await carryOut(world, A, B)).toMatchObject({ succeeded: 1 });
  expect(await readRow(world.db, id)).toMatchObject({ key: B, thumbnailEtag: null });
});

test("an old thumbnail that cannot be deleted holds nothing up", async () => {
  const world = await openMoves();
  const id = await world.addImage(A, "one", { thumbnailEtag: "7d" });
  await world.storage.put(thumbnailKey(A), Buffer.from("small"), { contentType: "image/webp" });
  world.setFaults([{ operation: "DeleteObject", keyPattern: "^thumbnails/", status: 403, code: "AccessDenied" }]);
  expect(await carryOut(world, A, B)).toMatchObject({ succeeded: 1 });
  expect(await readRow(world.db, id)).toMatchObject({ key: B, thumbnailEtag: "7d" });
});

test("an ETag of many parts is another one after the move: whatever named it names the new one", async () => {
  const world = await openMoves();
  const { db, storage } = world;
  const former = await putInParts(world, A, "one");
  expect(former).toMatch(/-1$/);
  const at = new Date(1_700_000_000_000);
  const label = { source: "person", acceptedBy: "test", acceptedAt: at };
  const { id } = await db.image.create({
    data: {
      ...{ key: A, etag: former, readEtag: former, thumbnailEtag: former, bytes: 3, kind: "reference" },
      ...{ modifiedAt: at, createdAt: at },
      labels: {
        create: [
          { attribute: "tone", value: "warm", etag: former, ...label },
          { attribute: "angle", value: "front", etag: "older", ...label },
        ],
      },
    },
  });
  await storage.put(thumbnailKey(A), Buffer.from("small"), {
    contentType: "image/webp",
    metadata: { "source-etag": former },
  });
  await carryOut(world, A, B);
  const etag = (await storage.head(B))?.etag;
  expect(etag).toBe("f97c5d29941bfb1b2fdab0874906ab82");
  const row = await readRow(db, id);
  expect(row).toMatchObject({ etag, readEtag: etag, thumbnailEtag: etag });
  expect(row.labels.map((one) => [one.attribute, one.etag]).sort()).toEqual([
    ["angle", "older"],
    ["tone", etag],
  ]);
  expect((await storage.head(thumbnailKey(B)))?.metadata).toEqual({ "source-etag": etag });

  // Into the trash and back, by way of a third ETag.
  const trashed = "trash/run-7/references/b.png";
  await carryOut(world, B, trashed);
  expect(await readRow(db, id)).toMatchObject({ key: B, goneAt: expect.any(Date), thumbnailEtag: etag });
  expect(await storage.head(thumbnailKey(B))).not.toBeNull();
  expect(await index(world)).toEqual({ objects: 0, new: 0, changed: 0, back: 0, gone: 0 });
  await carryOut(world, trashed, B);
  expect(await readRow(db, id)).toMatchObject({ key: B, goneAt: null, etag, thumbnailEtag: etag });
  expect(await index(world)).toEqual({ objects: 1, new: 0, changed: 0, back: 0, gone: 0 });
});

test("an image from many parts that goes to the trash takes the new ETag along", async () => {
  const world = await openMoves();
  const { db } = world;
  const former = await putInParts(world, A, "one");
  const id = await world.addImage(B, "other");
  await db.image.update({ where: { id }, data: { key: A, etag: former } });
  await db.label.updateMany({ data: { etag: former } });
  await carryOut(world, A, "trash/a.png");
  await carryOut(world, "trash/a.png", A);
  const row = await readRow(db, id);
  expect(row).toMatchObject({ key: A, goneAt: null, etag: "f97c5d29941bfb1b2fdab0874906ab82" });
  expect(row.labels).toMatchObject([{ etag: row.etag }]);
});

/** Uploads as S3 tools do beyond 8 MB, in one part; returns the ETag, which is no MD5 of the bytes. */
async function putInParts({ env, storage }: World, key: string, text: string): Promise<string> {
  const client = rawClient(env);
  const object = { Bucket: env.S3_BUCKET, Key: key };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...object, ContentType: "image/png" }));
  const part = await client.send(new UploadPartCommand({ ...object, UploadId, PartNumber: 1, Body: text }));
  const parts = { Parts: [{ PartNumber: 1, ETag: part.ETag }] };
  await client.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: parts }));
  client.destroy();
  // Not every store tells it in the answer to the last call.
  return (await storage.head(key))?.etag ?? "";
}
