import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { findByOldName } from "~/features/images/names/find-by-old-name.sql.server";
import { cancelRun } from "~/features/job-runs/commands/steer-run.server";
import { parseJson } from "~/features/json-column";
import type { Tx } from "~/ports/db.server";
import { noise } from "../../../tests/support/odd-pictures";
import { deathsIn, portsThatDie } from "../../../tests/support/ports-that-die";
import { tries } from "../../../tests/support/tries";
import { actor, openStudio, png } from "../../../tests/support/world/conversion-world";
import { keepMoment } from "../../../tests/support/world/earlier-moment";
import { convertImage } from "./convert-image.server";
import { conversionTarget, convertImages } from "./convert-images";
import { removeOriginals } from "./originals/remove-originals";
import { undoConversion } from "./undo-conversion.server";

const names = (count: number) => Array.from({ length: count }, (_, n) => `uploads/u-${n % 3}/2026/11/${n}.png`);

const MANY = tries(30, 200);

test(`${MANY} images: what the plan said is saved, and the undo is exact`, async () => {
  const studio = await openStudio(names(MANY));
  const { db } = studio;
  await db.owner.update({ where: { id: "u-1" }, data: { name: "Mina Sato" } });
  const [bucket, rows, size] = [await studio.bucket(), await studio.rows(), await studio.sizes()];

  const planned = await studio.planConversion();
  expect(planned).toMatchObject({ status: "planned", planned: MANY });
  expect(planned.summary).toMatchObject({
    images: MANY,
    bytes: size,
    followers: [{ what: "thumbnails", count: MANY }],
  });
  const labels = planned.summary?.facts?.map(({ label }) => label);
  expect(labels).toEqual(
    expect.arrayContaining([
      "Saves for Mina Sato",
      "Saves for u-0",
      "Saves for u-2",
      "Saves once the originals are removed",
    ]),
  );
  expect(planned.summary?.facts).toContainEqual({ label: "Measured on", value: "every image, by converting it" });
  expect(await studio.bucket()).toEqual(bucket);

  const run = await studio.apply(planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: MANY, failed: 0, skipped: 0 });
  const items = await db.jobItem.findMany({ where: { runId: run.id } });
  const said = items.reduce((sum, { target }) => sum + (conversionTarget.parse(parseJson(target)).bytes ?? 0), 0);
  const saved = size - (await studio.sizes());
  expect(saved).toBeGreaterThan(0.1 * size);
  expect(Math.abs(saved - (size - said)) / (size - said)).toBeLessThan(0.02);

  expect(await studio.undo(run.id)).toMatchObject({ status: "succeeded", succeeded: MANY, failed: 0, skipped: 0 });
  expect(await studio.bucket()).toEqual(bucket);
  expect(await studio.rows()).toEqual(rows);
});

test("labels, records, thumbnail, looks and old addresses follow, and so do headers", async () => {
  const key = "references/01. Model/front_warm/reference.png";
  const studio = await openStudio([key]);
  const { db, storage } = studio;
  const image = await db.image.findUniqueOrThrow({ where: { key } });
  const at = new Date();
  await db.label.create({
    data: {
      ...{ imageId: image.id, attribute: "tone", value: "warm", etag: image.etag },
      ...{ source: "person", acceptedBy: "test", acceptedAt: at },
    },
  });
  const record = { prompt: "A portrait", createdAt: at, references: "[]", record: "{}", hash: "h" };
  await db.generation.create({ data: { id: "g-1", imageId: image.id, ...record } });

  const planned = await studio.planConversion();
  expect(planned.summary?.followers).toEqual([
    { what: "generation records", count: 1 },
    { what: "thumbnails", count: 1 },
  ]);
  const run = await studio.apply(planned);
  const to = "references/01. Model/front_warm/reference.webp";
  const row = await db.image.findUniqueOrThrow({ where: { id: image.id }, include: { labels: true, look: true } });
  expect(row).toMatchObject({ key: to, contentType: "image/webp", width: 48, height: 48, kind: "reference" });
  expect([row.readEtag, row.thumbnailEtag, row.labels[0]?.etag, row.look?.etag]).toEqual(Array(4).fill(row.etag));
  const { head, body } = await storage.get(to);
  expect(head).toMatchObject({ contentType: "image/webp", cacheControl: "max-age=60", etag: row.etag });
  expect(head.metadata).toMatchObject({ note: "picture 0" });
  expect((await sharp(body).metadata()).format).toBe("webp");
  expect(await findByOldName(studio, key)).toMatchObject([{ id: image.id, key: to }]);
  expect(await storage.head(key)).toBeNull();
  expect((await storage.head(`originals/run-${run.id}/${key}`))?.bytes).toBe(Number(image.bytes));
  // An index run finds nothing to do, and the same selection nothing to convert.
  await studio.carryOut(indexImages, { prefix: "" });
  expect(await db.image.count()).toBe(1);
  expect((await studio.planConversion()).summary).toMatchObject({
    images: 0,
    leftOut: [{ what: "Are WebP already", count: 1 }],
  });
});

test("what would lose something, is not worth it, or stands for an example is left out, and counted", async () => {
  const studio = await openStudio(["a.png", "b.png"], { thumbnails: false });
  const { db, storage } = studio;
  const put = async (key: string, picture: Sharp) =>
    storage.put(key, await picture.toBuffer(), { contentType: "image/png" });
  await put("deep.png", noise(32, 32).toColourspace("rgb16").png());
  await put("is.webp", noise(32, 32).webp());
  await put("small.png", sharp({ create: { width: 4, height: 4, channels: 3, background: "#333" } }).png());
  await storage.put("text.png", Buffer.from("no picture"), { contentType: "image/png" });
  await studio.carryOut(indexImages, { prefix: "" });
  await db.image.update({ where: { key: "b.png" }, data: { archivedAs: "GLACIER" } });
  const { summary } = await studio.planConversion();
  expect(summary?.images).toBe(1);
  expect(new Map(summary?.leftOut?.map(({ what, count }) => [what, count]))).toEqual(
    new Map([
      ["Archived, left out until restored in the store", 1],
      ["Have more than 8 bit a color, or HDR", 1],
      ["Have this format already", 1],
      ["Would not become smaller by 10\u202f%", 1],
      ["Cannot be read", 1],
    ]),
  );
});

test("a key that is taken, or wanted twice, stays its own; what was replaced since the plan does, too", async () => {
  const studio = await openStudio(["a.png", "b.png", "c.jpg", "c.png", "d.png"]);
  const { storage } = studio;
  await storage.put("a.webp", Buffer.from("another's"), { contentType: "image/webp" });
  const planned = await studio.planConversion();
  expect(planned.summary?.conflicts).toEqual({
    count: 2,
    sample: [
      "“a.webp” exists already, so “a.png” stays where it is.",
      "“c.jpg” goes to “c.webp” as well, so “c.png” stays where it is.",
    ],
  });
  await storage.put("b.png", await png(), { contentType: "image/png" });
  await storage.put("d.webp", Buffer.from("came since"), { contentType: "image/webp" });
  const run = await studio.apply(planned);
  expect(run).toMatchObject({ succeeded: 1, skipped: 4 });
  expect(await storage.head("c.webp")).not.toBeNull();
  const kept = await studio.contents();
  expect([kept["a.webp"], kept["d.webp"]]).toEqual(["another's", "came since"]);
  expect(Object.keys(kept).filter((key) => key.endsWith(".png"))).toEqual(["a.png", "b.png", "c.png", "d.png"]);
});

test("an image whose metadata leaves no room for the console's mark stays as it is, and nothing is put beside it", async () => {
  const studio = await openStudio(["a.png", "b.png"], { thumbnails: false });
  const { db, storage } = studio;
  const put = async (key: string, names: number) => {
    const metadata = Object.fromEntries(Array.from({ length: names }, (_, n) => [`note-${n}`, "x"]));
    await storage.put(key, await png(), { contentType: "image/png", metadata });
  };
  await put("a.png", 10);
  await put("b.png", 9);
  await studio.carryOut(indexImages, { prefix: "" });
  const run = await studio.apply(await studio.planConversion());
  expect(run).toMatchObject({ succeeded: 1, skipped: 1 });
  const { reason } = await db.jobItem.findFirstOrThrow({ where: { runId: run.id, outcome: "skipped" } });
  expect(reason).toContain("“a.png” has as much metadata as stores take.");
  expect(Object.keys(await studio.contents())).toEqual(["a.png", "b.webp", `originals/run-${run.id}/b.png`]);
});

test("where another's object lies where an original is to be kept, that is said, and the undo touches neither", async () => {
  const studio = await openStudio(["a.png"]);
  const { db, storage } = studio;
  const rows = await studio.rows();
  const planned = await studio.planConversion();
  const kept = `originals/run-${planned.id}/a.png`;
  await storage.put(kept, Buffer.from("another's"), { contentType: "image/png" });
  const bucket = await studio.bucket();
  const run = await studio.apply(planned);
  expect(run).toMatchObject({ failed: 1 });
  const { error } = await db.jobItem.findFirstOrThrow({ where: { runId: run.id, outcome: "failed" } });
  expect(error).toBe(
    `“a.webp” stands for “a.png” now, but the original could not be moved to where originals are kept: “${kept}” exists already, so “a.png” stays where it is.`,
  );
  expect(await studio.undo(run.id)).toMatchObject({ succeeded: 1 });
  expect(await studio.bucket()).toEqual(bucket);
  expect(await studio.rows()).toEqual(rows);
});

test("an undo leaves what has changed or moved since, and tells what has no original any more", async () => {
  const studio = await openStudio(["a.png", "b.png", "c.png"]);
  const { storage, db } = studio;
  const run = await studio.apply(await studio.planConversion());
  await storage.put("a.webp", Buffer.from("another's"), { contentType: "image/webp" });
  await storage.delete(`originals/run-${run.id}/b.png`);
  const undo = await studio.planUndo(run.id);
  expect(undo.summary?.conflicts?.sample.sort()).toEqual([
    "“a.webp” has changed since it was converted.",
    `“originals/run-${run.id}/b.png” is gone.`,
  ]);
  expect(await studio.apply(undo)).toMatchObject({ succeeded: 1, skipped: 2 });
  expect((await db.image.findMany({ where: { goneAt: null }, orderBy: { key: "asc" } })).map(({ key }) => key)).toEqual(
    ["a.webp", "b.webp", "c.png"],
  );
});

test("one run converts at a time, and an original that is another's is not removed", async () => {
  const studio = await openStudio(["a.png"]);
  const { db, storage } = studio;
  const [plan, other] = [await studio.planConversion(), await studio.planConversion({ format: "avif" })];
  const setStatus = (status: string) => db.jobRun.update({ where: { id: other.id }, data: { status } });
  await setStatus("running");
  await expect(studio.apply(plan)).rejects.toThrow(`Run ${other.id} (`);
  await setStatus("cancelled");
  expect(await studio.apply(plan)).toMatchObject({ status: "succeeded", succeeded: 1 });
  await storage.put(`originals/run-${plan.id}/a.png`, Buffer.from("another's"), { contentType: "image/png" });
  const removal = await studio.plan(removeOriginals, { runId: plan.id });
  expect(removal).toMatchObject({ planned: 0, summary: { leftOut: [{ count: 1 }] } });
});

test("originals are removed of a conversion alone, whatever number a run has", async () => {
  const studio = await openStudio(["a.png"], { thumbnails: false });
  const run = await studio.apply(await studio.planConversion());
  const undo = await studio.planUndo(run.id);
  const plan = (runId: number) => studio.plan(removeOriginals, { runId });
  await expect(plan(1)).rejects.toThrow("Run 1 (Index images) is no conversion, so it keeps no originals.");
  await expect(plan(undo.id)).rejects.toThrow(`Run ${undo.id} (Undo of Convert images to WebP of quality 82) is no`);
  await expect(plan(999)).rejects.toThrow("There is no run 999.");
});

test("originals are removed once their converted image was read again; then nothing can be undone", async () => {
  const studio = await openStudio(["a.png", "b.png", "c.png"]);
  const { storage, db } = studio;
  const run = await studio.apply(await studio.planConversion());
  await storage.put("b.webp", Buffer.from("another's"), { contentType: "image/webp" });
  const planned = await studio.plan(removeOriginals, { runId: run.id });
  expect(planned.summary).toMatchObject({
    images: 3,
    needsConsent: `3 originals are deleted for good. What was converted then stays converted: this cannot be undone, nor can run ${run.id} any more.`,
  });
  expect(await studio.apply(planned)).toMatchObject({ succeeded: 2, skipped: 1 });
  expect(Object.keys(await studio.contents()).sort()).toEqual([
    "a.webp",
    "b.webp",
    "c.webp",
    `originals/run-${run.id}/b.png`,
  ]);
  const undo = await studio.planUndo(run.id);
  expect(undo.summary?.conflicts?.count).toBe(3);
  expect(undo.summary?.conflicts?.sample).toContain(
    `The original of “a.webp” was removed by run ${planned.id}, so it stays converted.`,
  );
  expect(await db.convertedImage.count({ where: { removedBy: planned.id } })).toBe(2);
  await expect(studio.planUndo(planned.id)).rejects.toThrow();
});

test("an original that a run moved and did not live to note is removed as the others, and one half moved is not", async () => {
  const studio = await openStudio(["a.png", "b.png"], { thumbnails: false });
  const { db } = studio;
  const run = await studio.apply(await studio.planConversion());
  await db.convertedImage.updateMany({ data: { originalEtag: null } });
  await db.objectMove.updateMany({ where: { runId: run.id, from: "b.png" }, data: { finishedAt: null } });
  const removal = await studio.plan(removeOriginals, { runId: run.id });
  expect(removal).toMatchObject({ planned: 1, summary: { leftOut: [{ count: 1 }] } });
  expect(await studio.apply(removal)).toMatchObject({ succeeded: 1 });
  expect(Object.keys(await studio.contents())).toEqual(["a.webp", "b.webp", `originals/run-${run.id}/b.png`]);
});

test("where versions are kept, nothing is promised to be deleted for good", async () => {
  const studio = await openStudio(["a.png"], { store: "aws-versioned", thumbnails: false });
  const { storage } = studio;
  const planned = await studio.planConversion();
  expect(planned.summary?.warnings).toContain(
    "The bucket keeps versions, so what is moved or removed stays behind as hidden versions, and nothing is saved until a rule removes these.",
  );
  const run = await studio.apply(planned);
  const removal = await studio.plan(removeOriginals, { runId: run.id });
  expect(removal.summary?.needsConsent).toBe(
    `1 original is deleted. The bucket keeps versions, so each stays behind as a hidden version until a rule or a person removes that. What was converted then stays converted: this cannot be undone, nor can run ${run.id} any more.`,
  );
  expect(await studio.apply(removal)).toMatchObject({ succeeded: 1 });
  const versions = await storage.versions(`originals/run-${run.id}/a.png`);
  expect(versions.map(({ isMarker }) => isMarker)).toEqual([true, false]);
});

/** A JPEG in which Photoshop has put one of its resources: IPTC is that of 0x0404. */
function withResource(jpeg: Buffer, resource: number): Buffer {
  const credit = Buffer.from("\x1c\x02\x50\0\x09Mina Sato", "latin1");
  const head = Buffer.alloc(12);
  head.write("8BIM");
  head.writeUInt16BE(resource, 4);
  head.writeUInt32BE(credit.length, 8);
  const data = Buffer.concat([Buffer.from("Photoshop 3.0\0"), head, credit]);
  const marker = Buffer.from([0xff, 0xed, 0, 0]);
  marker.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), marker, data, jpeg.subarray(2)]);
}

test("IPTC, which no other format here has a place for, is named where an image has it", async () => {
  const studio = await openStudio(["a.png"], { thumbnails: false });
  const jpeg = await noise(64, 64).jpeg({ quality: 100 }).toBuffer();
  for (const [key, body] of [
    ["credited.jpg", withResource(jpeg, 0x0404)],
    ["resolution.jpg", withResource(jpeg, 0x03ed)],
  ] as const)
    await studio.storage.put(key, body, { contentType: "image/jpeg" });
  const about = async () => {
    await studio.carryOut(indexImages, { prefix: "" });
    const { summary } = await studio.planConversion();
    return { images: summary?.images, iptc: summary?.warnings?.filter((sentence) => sentence.startsWith("IPTC")) };
  };
  const iptc = ["IPTC (captions, credits, keywords) of 1 image stays with the originals alone."];
  expect(await about()).toEqual({ images: 3, iptc });
  await studio.storage.delete("credited.jpg");
  expect(await about()).toEqual({ images: 2, iptc: [] });
});

/** A bucket with an image for each moment to die in, whose conversion is planned. */
async function openPlanned(steps: number) {
  const deaths = deathsIn(steps).filter(({ when }) => when === "after");
  const studio = await openStudio(deaths.map(({ nth }) => `a/${nth}.png`));
  const { db, ports } = studio;
  const [bucket, rows] = [await studio.bucket(), await studio.rows()];
  return {
    ...studio,
    planned: await studio.planConversion(),
    /** Has a worker die in each item of a run at another moment. */
    async dieInEach({ id: runId }: { id: number }, work: typeof convertImage) {
      const { payload } = await db.jobRun.update({ where: { id: runId }, data: { status: "running" } });
      const context = {
        ...{ runId, payload: convertImages.payload.parse(JSON.parse(payload)), hasConsent: true, waiting: () => {} },
        signal: new AbortController().signal,
        hold: async (tx: Tx) => void (await tx.jobRun.update({ where: { id: runId }, data: { worker: "test" } })),
      };
      let died = 0;
      for (const row of await db.jobItem.findMany({ where: { runId }, orderBy: { seq: "asc" } })) {
        const item = { ...row, before: parseJson(row.before), target: parseJson(row.target) };
        const mortal = portsThatDie(ports, deaths[row.seq - 1] ?? { nth: 1, when: "before" });
        await work(mortal, item, context).catch(() => {});
        if (mortal.isDead()) died += 1;
      }
      await db.jobRun.update({ where: { id: runId }, data: { status: "planned" } });
      return died;
    },
    async expectAsBefore() {
      expect(await studio.bucket()).toEqual(bucket);
      expect(await studio.rows()).toEqual(rows);
    },
  };
}

test("killed at each step and done again, it converts; and so does its undo give back", async () => {
  const studio = await openPlanned(26);
  expect(await studio.dieInEach(studio.planned, convertImage)).toBeGreaterThan(20);
  const run = await studio.apply(studio.planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 26, failed: 0, skipped: 0 });
  const kept = Object.keys(await studio.contents());
  expect([kept.length, kept.filter((key) => key.startsWith("originals/")).length]).toEqual([52, 26]);
  const undo = await studio.planUndo(run.id);
  expect(undo.summary?.conflicts).toBeUndefined();
  expect(await studio.dieInEach(undo, undoConversion.restore)).toBeGreaterThan(20);
  expect(await studio.apply(undo)).toMatchObject({ status: "succeeded", succeeded: 26, failed: 0, skipped: 0 });
  await studio.expectAsBefore();
});

test("killed at each step and cancelled, its undo gives everything back", async () => {
  const studio = await openPlanned(26);
  const { ports, db, planned } = studio;
  await studio.dieInEach(planned, convertImage);
  await db.jobRun.update({ where: { id: planned.id }, data: { status: "running" } });
  await cancelRun(ports, { runId: planned.id, actor });
  const undo = await studio.planUndo(planned.id);
  expect(undo.summary?.conflicts).toBeUndefined();
  expect(await studio.apply(undo)).toMatchObject({ status: "succeeded", failed: 0, skipped: 0 });
  await studio.expectAsBefore();
});

test("a database of an earlier moment knows what the bucket has by now, of a conversion and of its undo", async () => {
  const studio = await openPlanned(24);
  const { db } = studio;
  const atPlan = keepMoment(db, db.file);
  await studio.dieInEach(studio.planned, convertImage);
  await atPlan.putBack();
  const run = await studio.apply(studio.planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 24, failed: 0, skipped: 0 });
  const undo = await studio.planUndo(run.id);
  const atUndo = keepMoment(db, db.file);
  await studio.dieInEach(undo, undoConversion.restore);
  await atUndo.putBack();
  expect(await studio.apply(undo)).toMatchObject({ status: "succeeded", succeeded: 24, failed: 0, skipped: 0 });
  await studio.expectAsBefore();
});
