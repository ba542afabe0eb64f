import sharp from "sharp";
import { expect, test } from "vitest";
import type { ImageSelection } from "~/features/images/query/image-selection";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { Ports } from "~/ports/index.server";
import { openTestDb } from "../../../tests/support/db";
import { startTestS3 } from "../../../tests/support/store/s3";
import { portsAround } from "../../../tests/support/world/nowhere";
import { backfillThumbnails } from "./backfill-thumbnails";
import { backfillThumbnailsHandler } from "./backfill-thumbnails.server";
import { countMissingThumbnails } from "./missing-thumbnails.sql.server";

const quick = { ...backfillThumbnails, retry: { attempts: 2, baseMs: 1, maxMs: 2 } };
const job = pair(quick, backfillThumbnailsHandler);
const jobs = toJobs([job]);
const noSignal = new AbortController().signal;

async function openWorld() {
  const s3 = await startTestS3({ maxAttempts: 1 });
  const ports = portsAround({ db: await openTestDb(), storage: s3.storage });
  return { ...ports, setFaults: s3.setFaults };
}

const picture = (background = "#c08040") =>
  sharp({ create: { width: 900, height: 600, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** Puts an object and the row that an index run would have written for it. */
async function addImage(ports: Ports, key: string, body: Buffer, ownerId?: string): Promise<number> {
  const { etag } = await ports.storage.put(key, body, { contentType: "image/jpeg" });
  const now = ports.clock.now();
  if (ownerId) {
    await ports.db.owner.upsert({
      where: { id: ownerId },
      create: { id: ownerId, name: ownerId, createdAt: now },
      update: {},
    });
  }
  const row = { key, etag, bytes: BigInt(body.length), kind: "upload", ownerId: ownerId ?? null, modifiedAt: now };
  const { id } = await ports.db.image.create({ data: { ...row, createdAt: now } });
  return id;
}

const actor = { id: "script:test", name: "test" };

type Options = { force?: boolean; selection?: ImageSelection; beforeApply?: () => Promise<unknown> };

/** Plans, then applies; `beforeApply` happens in between. */
async function backfill(ports: Ports, { force = false, selection, beforeApply }: Options = {}) {
  const { runId } = await startRun(ports, backfillThumbnails, {
    payload: { force, selection },
    actor,
  });
  await workOnRun(ports, job, runId, noSignal);
  const planned = await readRun(ports, runId);
  await beforeApply?.();
  await applyRun(ports, jobs, { runId, actor, planHash: planned?.planHash ?? "" });
  await workOnRun(ports, job, runId, noSignal);
  const run = await readRun(ports, runId);
  if (!run) throw new Error("no run");
  const { items } = await readItems(ports, { runId, page: 1 });
  return { ...run, items };
}

const readImageRow = ({ db }: Ports, id: number) => db.image.findUniqueOrThrow({ where: { id } });

test("makes what is missing; a second plan is empty", async () => {
  const world = await openWorld();
  const key = "uploads/jun-park/2026/11/a b+c.jpg";
  const body = await picture();
  const id = await addImage(world, key, body, "jun-park");
  expect(await countMissingThumbnails(world.db)).toBe(1);

  const run = await backfill(world);
  expect(run).toMatchObject({ status: "succeeded", planned: 1, succeeded: 1, failed: 0, skipped: 0 });
  expect(run.summary).toMatchObject({ bytes: body.length, s3Calls: 2 });

  const row = await readImageRow(world, id);
  expect(row).toMatchObject({ contentType: "image/jpeg", width: 900, height: 600, unreadable: null });
  expect(row.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect([row.readEtag, row.thumbnailEtag]).toEqual([row.etag, row.etag]);

  const thumbnail = await world.storage.get(thumbnailKey(key));
  expect(thumbnail.head).toMatchObject({ contentType: "image/webp", metadata: { "source-etag": row.etag } });
  expect(await sharp(thumbnail.body).metadata()).toMatchObject({ format: "webp", width: 512, height: 341 });

  expect(await countMissingThumbnails(world.db)).toBe(0);
  const second = await backfill(world);
  expect(second).toMatchObject({ status: "succeeded", planned: 0 });
  expect(second.summary?.leftOut).toContainEqual({ what: "Already have a thumbnail", count: 1 });
});

test("does those anew whose object changed, and all with force", async () => {
  const world = await openWorld();
  const kept = await addImage(world, "uploads/kept.jpg", await picture());
  const changed = await addImage(world, "uploads/changed.jpg", await picture());
  await backfill(world);

  const { etag } = await world.storage.put("uploads/changed.jpg", await picture("#2040d0"), {
    contentType: "image/jpeg",
  });
  await world.db.image.update({ where: { id: changed }, data: { etag } });
  const run = await backfill(world);
  expect(run.items.map(({ subject }) => subject)).toEqual([String(changed)]);
  const { channels } = await sharp((await world.storage.get(thumbnailKey("uploads/changed.jpg"))).body).stats();
  expect(channels[2]?.mean).toBeGreaterThan(channels[0]?.mean ?? 255);

  await world.storage.delete(thumbnailKey("uploads/kept.jpg"));
  const forced = await backfill(world, { force: true });
  expect(forced).toMatchObject({ planned: 2, succeeded: 2 });
  expect(forced.items.map(({ subject }) => subject)).toEqual([String(kept), String(changed)]);
  expect(await world.storage.head(thumbnailKey("uploads/kept.jpg"))).not.toBeNull();
});

test("a picture that cannot be read fails with class and sentence, is remembered, and left out until it changes", async () => {
  const world = await openWorld();
  const whole = await picture();
  const corrupt = await addImage(world, "uploads/corrupt.jpg", whole.subarray(0, whole.length / 2));
  const text = await addImage(world, "uploads/notes.jpg", Buffer.from("Light: one softbox."));
  const empty = await addImage(world, "uploads/empty.png", Buffer.alloc(0));
  const sound = await addImage(world, "uploads/sound.jpg", whole);

  const run = await backfill(world);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 1, failed: 3, skipped: 0 });
  expect(run.items.map(({ errorClass, attempts }) => [errorClass, attempts])).toEqual([
    ["undecodable", 1],
    ["not-an-image", 1],
    ["empty", 1],
    [null, 1],
  ]);
  const row = await readImageRow(world, corrupt);
  expect(row).toMatchObject({ unreadableClass: "undecodable", readEtag: row.etag, thumbnailEtag: null, width: null });
  expect(row.unreadable).toMatch(/^The picture's data ends after 4\d % of it; upload it again\.$/);
  expect(await readImageRow(world, text)).toMatchObject({ unreadableClass: "not-an-image" });
  expect(await readImageRow(world, empty)).toMatchObject({ unreadableClass: "empty" });
  expect(await countMissingThumbnails(world.db)).toBe(0);

  const second = await backfill(world);
  expect(second.planned).toBe(0);
  expect(second.summary?.leftOut).toContainEqual({ what: "Left out as unreadable", count: 3 });

  const { etag } = await world.storage.put("uploads/corrupt.jpg", whole, { contentType: "image/jpeg" });
  await world.db.image.update({ where: { id: corrupt }, data: { etag } });
  expect(await backfill(world)).toMatchObject({ planned: 1, succeeded: 1 });
  expect(await readImageRow(world, corrupt)).toMatchObject({ unreadable: null, unreadableClass: null, width: 900 });
  expect(await readImageRow(world, sound)).toMatchObject({ width: 900 });
});

test("a picture that was replaced by a damaged one keeps no thumbnail of its former bytes", async () => {
  const world = await openWorld();
  const key = "uploads/a.jpg";
  const whole = await picture();
  const id = await addImage(world, key, whole);
  await backfill(world);
  const { etag } = await world.storage.put(key, whole.subarray(0, whole.length / 2), { contentType: "image/jpeg" });
  await world.db.image.update({ where: { id }, data: { etag } });

  expect(await backfill(world)).toMatchObject({ planned: 1, failed: 1 });

  expect(await readImageRow(world, id)).toMatchObject({ unreadableClass: "undecodable", thumbnailEtag: null });
});

test("a picture that has its thumbnail keeps it where making it again fails", async () => {
  const world = await openWorld();
  const whole = await picture();
  const id = await addImage(world, "uploads/a.jpg", whole.subarray(0, whole.length / 2));
  const { etag } = await readImageRow(world, id);
  await world.db.image.update({ where: { id }, data: { thumbnailEtag: etag, readEtag: etag, width: 900 } });

  expect(await backfill(world, { force: true })).toMatchObject({ planned: 1, failed: 1 });

  expect(await readImageRow(world, id)).toMatchObject({ unreadableClass: null, thumbnailEtag: etag, width: 900 });
});

test("skips what changed or went away after the plan", async () => {
  const world = await openWorld();
  await addImage(world, "uploads/changed.jpg", await picture());
  await addImage(world, "uploads/gone.jpg", await picture());

  const run = await backfill(world, {
    beforeApply: async () => {
      await world.storage.put("uploads/changed.jpg", await picture("#2040d0"), { contentType: "image/jpeg" });
      await world.storage.delete("uploads/gone.jpg");
    },
  });
  expect(run).toMatchObject({ status: "succeeded", succeeded: 0, failed: 0, skipped: 2 });
  expect(run.items.map(({ reason }) => reason)).toEqual([
    "This image changed since the plan was made.",
    "This image is gone since the plan was made.",
  ]);
  expect(await world.storage.head(thumbnailKey("uploads/changed.jpg"))).toBeNull();
});

test("an image that moves while its thumbnail is made still lacks one where it is now", async () => {
  const world = await openWorld();
  const id = await addImage(world, "uploads/a.jpg", await picture());
  const moving: typeof world.storage.put = async (...call) => {
    await world.db.image.update({ where: { id }, data: { key: "uploads/b.jpg" } });
    return world.storage.put(...call);
  };
  await backfill({ ...world, storage: { ...world.storage, put: moving } });
  expect(await readImageRow(world, id)).toMatchObject({ key: "uploads/b.jpg", thumbnailEtag: null });
  expect(await countMissingThumbnails(world.db)).toBe(1);
});

test("keeps to the selected images, and to what is not gone", async () => {
  const world = await openWorld();
  const mine = await addImage(world, "uploads/a.jpg", await picture(), "jun-park");
  const other = await addImage(world, "uploads/b.jpg", await picture(), "sofia-reyes");
  const gone = await addImage(world, "uploads/c.jpg", await picture(), "jun-park");
  await world.db.image.update({ where: { id: gone }, data: { goneAt: world.clock.now() } });

  const run = await backfill(world, { selection: { query: { owner: ["jun-park"] } } });
  expect(run.items.map(({ subject }) => subject)).toEqual([String(mine)]);
  const picked = await backfill(world, { selection: { ids: [mine, other, gone] } });
  expect(picked.items.map(({ subject }) => subject)).toEqual([String(other)]);
  expect(picked.summary?.leftOut).toContainEqual({ what: "Already have a thumbnail", count: 1 });
});

test("plans more images than one page holds, in order", async () => {
  const world = await openWorld();
  const now = world.clock.now();
  const rows = Array.from({ length: 2_003 }, (_, n) => ({
    key: `uploads/${n}.jpg`,
    etag: `etag-${n}`,
    bytes: 1_000n,
    kind: "upload",
    modifiedAt: now,
    createdAt: now,
  }));
  await world.db.image.createMany({ data: rows });

  const pages = [];
  const plan = backfillThumbnailsHandler.plan(world, { runId: 1, payload: { force: false }, signal: noSignal });
  let page = await plan.next();
  for (; !page.done; page = await plan.next()) pages.push(page.value);
  expect(pages.map(({ length }) => length)).toEqual([1_000, 1_000, 3]);
  expect(pages.flat().map(({ label }) => label)).toEqual(rows.map(({ key }) => key));
  expect(page.value).toMatchObject({ bytes: 2_003_000, s3Calls: 4_006 });
});

test("a store that is down fails the item as retryable and leaves the image to the next backfill", async () => {
  const world = await openWorld();
  await addImage(world, "uploads/a.jpg", await picture());
  world.setFaults([{ operation: "PutObject", status: 503 }]);

  const run = await backfill(world);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 0, failed: 1 });
  expect(run.items[0]).toMatchObject({ errorClass: "s3-unavailable", attempts: 2 });

  world.setFaults([]);
  expect(await backfill(world)).toMatchObject({ planned: 1, succeeded: 1 });
});

test("an object past the cap on bytes is refused without reading it to its end, and remembered", async () => {
  const world = await openWorld();
  const id = await addImage(world, "uploads/huge.jpg", Buffer.alloc(128 * 1024 * 1024 + 1));

  const run = await backfill(world);
  expect(run.items[0]).toMatchObject({ outcome: "failed", errorClass: "too-large", attempts: 1 });
  expect(await readImageRow(world, id)).toMatchObject({ unreadableClass: "too-large" });
  expect((await backfill(world)).planned).toBe(0);
});

test("an undo takes away what the backfill made, and leaves what was made anew since", async () => {
  const world = await openWorld();
  const first = await addImage(world, "generated/a.png", await picture());
  const second = await addImage(world, "generated/b.png", await picture("#204080"));
  const run = await backfill(world);
  await world.db.image.update({ where: { id: second }, data: { thumbnailEtag: "another" } });

  const undo = await undoRun(world, jobs, { runId: run.id, actor });
  await workOnRun(world, job, undo.runId, noSignal);
  const planned = await readRun(world, undo.runId);
  expect(planned?.summary?.conflicts).toMatchObject({ count: 1 });
  await applyRun(world, jobs, { runId: undo.runId, actor, planHash: planned?.planHash ?? "" });
  await workOnRun(world, job, undo.runId, noSignal);
  expect(await readRun(world, undo.runId)).toMatchObject({ status: "succeeded", succeeded: 1, skipped: 1 });
  expect((await readImageRow(world, first)).thumbnailEtag).toBeNull();
  expect(await world.storage.head(thumbnailKey("generated/a.png"))).toBeNull();
  expect(await world.storage.head(thumbnailKey("generated/b.png"))).not.toBeNull();
});

test("an undo leaves a thumbnail that another run has made again of the same bytes", async () => {
  const world = await openWorld();
  const id = await addImage(world, "generated/a.png", await picture());
  const run = await backfill(world);
  await backfill(world, { force: true });

  const undo = await undoRun(world, jobs, { runId: run.id, actor });
  await workOnRun(world, job, undo.runId, noSignal);
  const planned = await readRun(world, undo.runId);
  await applyRun(world, jobs, { runId: undo.runId, actor, planHash: planned?.planHash ?? "" });
  await workOnRun(world, job, undo.runId, noSignal);
  expect((await readItems(world, { runId: undo.runId, page: 1 })).items).toMatchObject([
    { outcome: "skipped", reason: "“generated/a.png”: a newer thumbnail was made since" },
  ]);
  expect((await readImageRow(world, id)).thumbnailEtag).not.toBeNull();
  expect(await world.storage.head(thumbnailKey("generated/a.png"))).not.toBeNull();
});
