import { EventEmitter, once } from "node:events";
import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { jobKinds } from "~/features/job-kinds.server";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import { startReassignment } from "~/features/owners/reassign/start-reassignment.server";
import type { Ports } from "~/ports/index.server";
import type { Storage } from "~/ports/storage.server";
import { portsThatRefuse, portsThatWait } from "../../../tests/support/ports-that-tell";
import { actor, openStudio, png } from "../../../tests/support/world/conversion-world";
import { keepMoment } from "../../../tests/support/world/earlier-moment";
import { removeOriginals } from "./originals/remove-originals";
import { startConversion } from "./start-conversion.server";

test.each(["put", "delete"])(
  "an original that the store never moves (no %s) fails alone, and its undo gives it back with the rest",
  async (method) => {
    const studio = await openStudio(["a.png", "b.png", "c.png"]);
    const { db, ports } = studio;
    const [bucket, rows] = [await studio.bucket(), await studio.rows()];
    const planned = await studio.planConversion();
    const refused = method === "put" ? `originals/run-${planned.id}/b.png` : "b.png";
    const as = portsThatRefuse(ports, (called, key) => called === method && key === refused);
    const run = await studio.apply(planned, { as });
    expect(run).toMatchObject({ status: "succeeded", succeeded: 2, failed: 1 });
    const failed = await db.jobItem.findFirstOrThrow({ where: { runId: run.id, outcome: "failed" } });
    expect(failed).toMatchObject({
      errorClass: "s3-denied",
      error: `“b.webp” stands for “b.png” now, but the original could not be moved to where originals are kept: S3 refused to ${method} ${refused}.`,
    });
    const undo = await studio.planUndo(run.id, { as });
    expect(undo.summary?.conflicts).toBeUndefined();
    expect(await studio.apply(undo, { as })).toMatchObject({
      status: "succeeded",
      succeeded: 3,
      failed: 0,
      skipped: 0,
    });
    expect(await studio.bucket()).toEqual(bucket);
    expect(await studio.rows()).toEqual(rows);
    expect(await db.objectMove.count({ where: { runId: run.id, finishedAt: null } })).toBe(0);
  },
);

test("an undo that could not end all its items can be planned to be undone, and leaves all of them as they are", async () => {
  const studio = await openStudio(["a.png", "b.png"], { thumbnails: false });
  const { ports } = studio;
  const as = portsThatRefuse(ports, (method, key) => method === "put" && key.endsWith("/b.png"));
  const run = await studio.apply(await studio.planConversion(), { as });
  expect(run).toMatchObject({ succeeded: 1, failed: 1 });
  const asOther = portsThatRefuse(ports, (method, key) => method === "delete" && key === "b.webp");
  const undo = await studio.apply(await studio.planUndo(run.id), { as: asOther });
  expect(undo).toMatchObject({ succeeded: 1, failed: 1 });
  const again = await studio.planUndo(undo.id);
  expect(again).toMatchObject({
    status: "planned",
    summary: { conflicts: { count: 1, sample: ["“a.png” is converted again by a new run, not by an undo."] } },
  });
});

test("an undo that has given an original of several parts back, and could not end, ends when it is tried again", async () => {
  const studio = await openStudio(["a.png"], { thumbnails: false });
  const { db, ports, storage } = studio;
  const body = await png();
  const upload = await storage.createUpload("a.png", { contentType: "image/png" });
  const address = await storage.presignPart(upload, { number: 1, bytes: body.length, seconds: 60 });
  await fetch(address, { method: "PUT", body: new Uint8Array(body) });
  await storage.completeUpload(upload, (await storage.listParts(upload)) ?? []);
  await studio.carryOut(indexImages, { prefix: "" });
  const as = portsThatRefuse(ports, (method, key) => method === "delete" && key === "a.png");
  const run = await studio.apply(await studio.planConversion(), { as });
  expect(run).toMatchObject({ failed: 1 });
  await storage.delete("a.png");
  const asOther = portsThatRefuse(ports, (method, key) => method === "delete" && key === "a.webp");
  const undo = await studio.apply(await studio.planUndo(run.id), { as: asOther });
  expect(undo).toMatchObject({ failed: 1 });
  await retryFailed(ports, jobKinds, { runId: undo.id, actor });
  expect(await studio.work(undo.id)).toMatchObject({ succeeded: 1, failed: 0, skipped: 0 });
  expect(Object.keys(await studio.contents())).toEqual(["a.png"]);
  expect(await db.image.findMany()).toMatchObject([{ key: "a.png", goneAt: null }]);
});

test("what a run put and an index run made an image of stays when the run is undone, and the plan says so", async () => {
  const studio = await openStudio(["a.png", "b.png"]);
  const as = portsThatRefuse(studio.ports, (method) => method === "copy");
  const run = await studio.apply(await studio.planConversion(), { as });
  expect(run).toMatchObject({ failed: 2 });
  await studio.storage.delete("b.webp");
  await studio.carryOut(indexImages, { prefix: "" });
  const undo = await studio.planUndo(run.id);
  expect(undo).toMatchObject({
    planned: 1,
    summary: {
      conflicts: { count: 1, sample: ["“a.webp”, which the run put, has become an image of its own, so it stays."] },
    },
  });
  expect(await studio.apply(undo)).toMatchObject({ succeeded: 0, skipped: 1 });
  expect(Object.keys(await studio.contents())).toEqual(["a.png", "a.webp", "b.png"]);
});

test("where a store cannot refuse a taken key, the undo of what never ended names that risk before, too", async () => {
  const studio = await openStudio(["a.png"], { store: "swift", thumbnails: false });
  const as = portsThatRefuse(studio.ports, (method, key) => method === "put" && key.startsWith("originals/"));
  const run = await studio.apply(await studio.planConversion(), { as });
  expect(run).toMatchObject({ failed: 1 });
  const undo = await studio.planUndo(run.id);
  expect(undo.summary?.needsConsent).toContain("An object that someone else writes to the key that the move goes to");
});

test("an image that the store does not let anyone look at stands in no other's way when a run is undone", async () => {
  const studio = await openStudio(["a.png", "b.png", "c.png"]);
  const { db, ports } = studio;
  const run = await studio.apply(await studio.planConversion());
  const as = portsThatRefuse(ports, (_, key) => key === `originals/run-${run.id}/b.png`);
  const undo = await studio.planUndo(run.id, { as });
  expect(undo).toMatchObject({
    status: "planned",
    planned: 3,
    summary: { conflicts: { count: 1, sample: [`S3 refused to head originals/run-${run.id}/b.png.`] } },
  });
  expect(await studio.apply(undo, { as })).toMatchObject({ status: "succeeded", succeeded: 2, failed: 1 });
  const present = await db.image.findMany({ where: { goneAt: null }, orderBy: { key: "asc" } });
  expect(present.map(({ key }) => key)).toEqual(["a.png", "b.webp", "c.png"]);
});

/** An image of owner u-1 that is to be given to u-2, under whose keys it moves then. */
async function openShared() {
  const studio = await openStudio(["uploads/u-1/2026/11/a.png", "uploads/u-2/2026/11/b.png"]);
  const { db, ports } = studio;
  const { id } = await db.image.findUniqueOrThrow({ where: { key: "uploads/u-1/2026/11/a.png" } });
  const planRekey = async () =>
    studio.work(
      (await startReassignment(ports, { selection: { ids: [id] }, toOwnerId: "u-2", rekey: true, actor })).runId,
    );
  const reasons = async (runId: number) =>
    (await db.jobItem.findMany({ where: { runId, outcome: "skipped" } })).map(({ reason }) => reason);
  /** Where present images lie and whose they are, as the database and the bucket say after an index run. */
  const images = async () => {
    await studio.carryOut(indexImages, { prefix: "" });
    const rows = await db.image.findMany({ where: { goneAt: null }, orderBy: { key: "asc" } });
    return rows.map((row) => [row.id === id ? "a" : "other", row.key, row.ownerId]);
  };
  const planOfOne = () => studio.planConversion({ selection: { ids: [id] } });
  return { ...studio, planRekey, planOfOne, reasons, images };
}

const b = ["other", "uploads/u-2/2026/11/b.png", "u-2"];

test("an image that another run is moving is not converted, and keeps its row", async () => {
  const studio = await openShared();
  const [rekey, conversion] = [await studio.planRekey(), await studio.planOfOne()];
  const isCopy = (method: string, key: string) => method === "put" && key === "uploads/u-2/2026/11/a.png";
  const as = portsThatWait(studio.ports, isCopy, () => studio.apply(conversion));
  expect(await studio.apply(rekey, { as })).toMatchObject({ succeeded: 1 });
  expect(await studio.reasons(conversion.id)).toEqual([
    `“uploads/u-1/2026/11/a.png” is being moved by run ${rekey.id}.`,
  ]);
  expect(await studio.images()).toEqual([["a", "uploads/u-2/2026/11/a.png", "u-2"], b]);
});

/** Has a run wait at a call until another one comes to a call of its own, which waits until the first run has ended. */
async function applyAmid(
  { ports, apply }: Awaited<ReturnType<typeof openShared>>,
  first: { run: Parameters<typeof apply>[0]; at: [string, string] },
  second: { run: Parameters<typeof apply>[0]; at: [string, string] },
) {
  const told = new EventEmitter();
  const [arrived, ended] = [once(told, "arrived"), once(told, "ended")];
  const isAt =
    ([called, at]: [string, string]) =>
    (method: string, key: string) =>
      method === called && key === at;
  const amid = portsThatWait(ports, isAt(second.at), () => {
    told.emit("arrived");
    return ended;
  });
  let other: ReturnType<typeof apply> | undefined;
  const as = portsThatWait(ports, isAt(first.at), () => {
    other = apply(second.run, { as: amid });
    return Promise.race([arrived, other]);
  });
  const one = await apply(first.run, { as });
  told.emit("ended");
  return [one, await other];
}

test("an image that is being converted is moved by no other run, and keeps its row", async () => {
  const studio = await openShared();
  const [rekey, conversion] = [await studio.planRekey(), await studio.planOfOne()];
  const [moved, converted] = await applyAmid(
    studio,
    { run: rekey, at: ["get", "uploads/u-1/2026/11/a.png"] },
    { run: conversion, at: ["head", `originals/run-${conversion.id}/uploads/u-1/2026/11/a.png`] },
  );
  expect([moved, converted]).toMatchObject([{ skipped: 1 }, { succeeded: 1 }]);
  expect(await studio.reasons(rekey.id)).toEqual([
    `“uploads/u-1/2026/11/a.png” is being moved by run ${conversion.id}.`,
  ]);
  expect(await studio.images()).toEqual([["a", "uploads/u-1/2026/11/a.webp", "u-1"], b]);
});

test("a converted image that another run is moving does not get its original back", async () => {
  const studio = await openShared();
  const conversion = await studio.apply(await studio.planOfOne());
  const [rekey, undo] = [await studio.planRekey(), await studio.planUndo(conversion.id)];
  const isCopy = (method: string, key: string) => method === "put" && key === "uploads/u-2/2026/11/a.webp";
  const as = portsThatWait(studio.ports, isCopy, () => studio.apply(undo));
  expect(await studio.apply(rekey, { as })).toMatchObject({ succeeded: 1 });
  expect(await studio.reasons(undo.id)).toEqual([`“uploads/u-1/2026/11/a.webp” is being moved by run ${rekey.id}.`]);
  expect(await studio.images()).toEqual([["a", "uploads/u-2/2026/11/a.webp", "u-2"], b]);
});

test("a converted image whose row is back at its original is moved by no other run", async () => {
  const studio = await openShared();
  const conversion = await studio.apply(await studio.planOfOne());
  const [rekey, undo] = [await studio.planRekey(), await studio.planUndo(conversion.id)];
  const [moved, undone] = await applyAmid(
    studio,
    { run: rekey, at: ["get", "uploads/u-1/2026/11/a.webp"] },
    { run: undo, at: ["delete", "uploads/u-1/2026/11/a.webp"] },
  );
  expect([moved, undone]).toMatchObject([{ skipped: 1 }, { succeeded: 1 }]);
  expect(await studio.reasons(rekey.id)).toEqual(["This image was moved since the plan was made."]);
  expect(await studio.images()).toEqual([["a", "uploads/u-1/2026/11/a.png", "u-1"], b]);
});

test("an image that is gone, for the database or in the bucket alone, is not brought back by an undo, and neither is one that lay there", async () => {
  const studio = await openStudio(["a.png", "b.png", "c.png"]);
  const { db, storage } = studio;
  const run = await studio.apply(await studio.planConversion());
  // Another image came to the key of the third, and went.
  await storage.put("c.png", await png(), { contentType: "image/png" });
  await studio.carryOut(indexImages, { prefix: "" });
  const { id } = await db.image.findUniqueOrThrow({ where: { key: "c.png" } });
  await storage.delete("c.png");
  await storage.delete("a.webp");
  await studio.carryOut(indexImages, { prefix: "" });
  const other = await db.image.findUniqueOrThrow({ where: { id } });
  await storage.delete("b.webp");
  const undo = await studio.planUndo(run.id);
  expect(undo.summary?.conflicts?.sample.sort()).toEqual([
    "“a.webp” is gone, so its original is not given back.",
    "“b.webp” is gone, so its original is not given back.",
  ]);
  expect(await studio.apply(undo)).toMatchObject({ succeeded: 1, skipped: 2 });
  const { etag, goneAt } = await db.image.findUniqueOrThrow({ where: { id } });
  expect({ etag, goneAt }).toEqual({ etag: other.etag, goneAt: other.goneAt });
  expect(Object.keys(await studio.contents())).toEqual([
    "c.png",
    `originals/run-${run.id}/a.png`,
    `originals/run-${run.id}/b.png`,
  ]);
});

/** Ports to a store that lists objects under other ETags than HEAD and GET tell. */
function portsThatListOtherwise(ports: Ports): Ports {
  const list: Storage["list"] = async function* (options) {
    for await (const page of ports.storage.list(options)) {
      yield { ...page, objects: page.objects.map((object) => ({ ...object, etag: `listed-${object.etag}` })) };
    }
  };
  const storage = new Proxy(ports.storage, { get: (from, name) => (name === "list" ? list : Reflect.get(from, name)) });
  return { ...ports, storage };
}

test("where listings tell other ETags, a conversion is undone, its originals are removed, and what has changed stays", async () => {
  const studio = await openStudio(["a.png", "b.png", "c.png"]);
  const { db, storage } = studio;
  const as = portsThatListOtherwise(studio.ports);
  const index = async () => studio.work(await studio.start(indexImages, { prefix: "" }, { autoApply: true }), { as });
  await index();
  const { runId } = await startConversion(as, { selection: { query: { all: true } }, format: "webp", actor });
  const run = await studio.apply(await studio.work(runId, { as }), { as });
  expect(run).toMatchObject({ succeeded: 3 });
  await index();
  await storage.put("c.webp", await png(), { contentType: "image/png" });
  await index();
  const plan = await studio.work(await studio.start(removeOriginals, { runId }), { as });
  expect(plan).toMatchObject({
    planned: 2,
    summary: { leftOut: [{ what: "Stay, for their converted image has changed", count: 1 }] },
  });
  await db.image.update({ where: { key: "b.webp" }, data: { etag: "another" } });
  expect(await studio.apply(plan, { as })).toMatchObject({ succeeded: 1, skipped: 1 });
  await index();
  const undo = await studio.planUndo(runId, { as });
  expect(undo.summary?.conflicts?.sample.sort()).toEqual([
    `The original of “a.webp” was removed by run ${plan.id}, so it stays converted.`,
    "“c.webp” has changed since it was converted.",
  ]);
  expect(await studio.apply(undo, { as })).toMatchObject({ succeeded: 1, skipped: 2 });
  await index();
  const present = await db.image.findMany({ where: { goneAt: null }, orderBy: { key: "asc" } });
  expect(present.map(({ key }) => key)).toEqual(["a.webp", "b.png", "c.webp"]);
});

test("where listings tell other ETags, a database of an earlier moment knows what the bucket has by now", async () => {
  const studio = await openStudio(["a.png", "b.png"]);
  const { db } = studio;
  const as = portsThatListOtherwise(studio.ports);
  await studio.work(await studio.start(indexImages, { prefix: "" }, { autoApply: true }), { as });
  const { runId } = await startConversion(as, { selection: { query: { all: true } }, format: "webp", actor });
  const planned = await studio.work(runId, { as });
  const atPlan = keepMoment(db, db.file);
  expect(await studio.apply(planned, { as })).toMatchObject({ succeeded: 2 });
  await atPlan.putBack();
  expect(await studio.apply(planned, { as })).toMatchObject({ succeeded: 2 });
  const undo = await studio.planUndo(runId, { as });
  expect(undo.summary?.conflicts).toBeUndefined();
  expect(await studio.apply(undo, { as })).toMatchObject({ succeeded: 2 });
  expect(Object.keys(await studio.contents())).toEqual(["a.png", "b.png"]);
});
