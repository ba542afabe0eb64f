import sharp from "sharp";
import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { LeaseLost } from "~/features/job-runs/engine/ledger/lease-lost";
import { pair } from "~/features/job-runs/kinds/job";
import { toItemView } from "~/features/job-runs/views/item-view";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { openWorld } from "../../../tests/support/world/world";
import { listDuplicates, type Place } from "./list-duplicates.sql.server";
import type { Removal } from "./remove/removal";
import { removeImages, removeImagesHandler } from "./remove/remove-images.server";
import { startRemoval } from "./remove/start-removal.server";
import { findDuplicates } from "./search/find-duplicates";
import { findDuplicatesHandler } from "./search/find-duplicates.server";

const near = "00000000000000ff";
const actor = { id: "operator:1", name: "Mina" };
const all: Removal = { kind: "same", groups: null, ownerId: null, keep: "oldest" };

const plainPicture = (background: string) =>
  sharp({ create: { width: 12, height: 8, channels: 3, background } })
    .webp()
    .toBuffer();
const gray = new Uint8Array(await plainPicture("#808080"));

/** A bucket whose images were read: by key their bytes, as text, and the hash of what they look like ("": too plain). */
async function openDuplicates(images: Record<string, { bytes: string; hash?: string; owner?: string }>) {
  const world = await openWorld();
  const { db, storage } = world;
  for (const [key, { bytes }] of Object.entries(images)) await world.put({ [key]: bytes });
  await world.carryOut(indexImages, { prefix: "" });
  for (const [key, { bytes, hash, owner }] of Object.entries(images)) {
    if (owner) {
      const data = { id: owner, name: owner, createdAt: new Date(0) };
      await db.owner.upsert({ where: { id: owner }, create: data, update: {} });
    }
    const { id, etag } = await db.image.findUniqueOrThrow({ where: { key } });
    const sha256 = Buffer.from(bytes).toString("hex").padEnd(64, "0");
    const facts = { readEtag: etag, sha256, thumbnailEtag: etag, ownerId: owner ?? null };
    await db.image.update({ where: { id }, data: facts });
    await storage.put(thumbnailKey(key), Buffer.from(`thumbnail of ${key}`), { contentType: "image/webp" });
    if (hash !== undefined)
      await db.imageLook.create({ data: { imageId: id, etag, perceptualHash: hash, placeholder: gray } });
  }
  const groups = async () => {
    const search = await db.duplicateSearch.findFirst({
      where: { finishedAt: { not: null } },
      orderBy: { id: "desc" },
    });
    const found = await db.duplicateGroup.findMany({
      where: { searchId: search?.id ?? 0 },
      include: { members: { orderBy: { imageId: "asc" } } },
      orderBy: { id: "asc" },
    });
    const keys = new Map((await db.image.findMany()).map(({ id, key }) => [id, key]));
    return found.map(({ kind, ownerId, members, spareBytes }) => ({
      kind,
      ownerId,
      spareBytes: Number(spareBytes),
      members: members.map(({ imageId, distance }) => `${keys.get(imageId)} ${distance}`),
    }));
  };
  const present = async () =>
    (await db.image.findMany({ where: { goneAt: null }, orderBy: { key: "asc" } })).map(({ key }) => key);
  return { ...world, groups, present };
}

test("a picture with transparency, which has no placeholder, is no near-duplicate, and one below an attribute root no duplicate", async () => {
  const world = await openDuplicates({
    "uploads/1.png": { bytes: "one", hash: near },
    "uploads/2.png": { bytes: "two", hash: near },
    "references/01. Model/front_warm/1.png": { bytes: "one", hash: near },
  });
  const { id } = await world.db.image.findUniqueOrThrow({ where: { key: "uploads/2.png" } });
  await world.db.imageLook.update({ where: { imageId: id }, data: { placeholder: null } });
  // As one below a root that lies elsewhere would be.
  await world.db.image.updateMany({ where: { kind: "reference" }, data: { kind: "other" } });
  await world.carryOut(findDuplicates, {});
  expect(await world.groups()).toEqual([]);
});

test("pictures of other colors are no near-duplicates, whatever their hashes", async () => {
  const world = await openDuplicates({
    "uploads/1.png": { bytes: "one", hash: near },
    "uploads/2.png": { bytes: "two", hash: near },
    "uploads/3.png": { bytes: "three", hash: near },
  });
  const paint = async (key: string, background: string) => {
    const { id } = await world.db.image.findUniqueOrThrow({ where: { key } });
    const placeholder = new Uint8Array(await plainPicture(background));
    await world.db.imageLook.update({ where: { imageId: id }, data: { placeholder } });
  };
  await paint("uploads/1.png", "#a04020");
  await paint("uploads/2.png", "#2040a0");
  await paint("uploads/3.png", "#a24322");
  await world.carryOut(findDuplicates, {});
  expect((await world.groups()).map(({ members }) => members)).toEqual([["uploads/1.png 0", "uploads/3.png 0"]]);
});

test("images of one owner with the same bytes are a group, and those that look alike another", async () => {
  const world = await openDuplicates({
    "uploads/1.png": { bytes: "one", hash: "0000000000000000" },
    "uploads/2.png": { bytes: "one", hash: "0000000000000000" },
    "uploads/3.png": { bytes: "three", hash: "0000000000000003" },
    "uploads/4.png": { bytes: "plain", hash: "" },
    "uploads/5.png": { bytes: "plain too", hash: "" },
    "uploads/6.png": { bytes: "one", hash: "0000000000000000", owner: "mina" },
    "references/01. Model/front_warm/1.png": { bytes: "one", hash: "0000000000000000" },
    "uploads/unread.png": { bytes: "?" },
  });
  await world.db.image.update({ where: { key: "uploads/unread.png" }, data: { readEtag: null } });
  const run = await world.carryOut(findDuplicates, {});
  expect(run).toMatchObject({ status: "succeeded", succeeded: 1 });
  expect(await world.groups()).toEqual([
    { kind: "same", ownerId: null, spareBytes: 3, members: ["uploads/1.png 0", "uploads/2.png 0"] },
    { kind: "alike", ownerId: null, spareBytes: 3, members: ["uploads/1.png 0", "uploads/3.png 2"] },
  ]);
  const { counts } = await world.db.duplicateSearch.findFirstOrThrow();
  expect(JSON.parse(counts ?? "")).toEqual({
    same: { groups: 1, spare: 1, spareBytes: 3 },
    alike: { groups: 1, spare: 1, spareBytes: 3 },
    compared: 3,
    plain: 2,
    unread: 1,
  });
  await world.carryOut(findDuplicates, {});
  expect(await world.db.duplicateSearch.count()).toBe(2);
  await world.carryOut(findDuplicates, {});
  expect(await world.db.duplicateSearch.count()).toBe(2);
  expect(await world.groups()).toHaveLength(2);
});

test("all but one go to the trash, and come back as they were with an undo", async () => {
  const world = await openDuplicates({
    "uploads/1.png": { bytes: "one" },
    "uploads/2.png": { bytes: "one" },
    "uploads/3.png": { bytes: "one" },
    "uploads/4.png": { bytes: "four" },
  });
  const { db } = world;
  await world.carryOut(findDuplicates, {});
  const labeled = await db.image.findUniqueOrThrow({ where: { key: "uploads/2.png" } });
  const label = { attribute: "tone", value: "warm", source: "person", acceptedBy: "x", acceptedAt: new Date(0) };
  await db.label.create({ data: { imageId: labeled.id, etag: labeled.etag, ...label } });
  const before = [await world.contents(), await db.image.findMany({ omit: { modifiedAt: true, isTextDue: true } })];

  const { runId } = await startRemoval(world.ports, { ...all, keep: "used", actor });
  const plan = await world.work(runId);
  expect(plan).toMatchObject({ title: "Remove all duplicates", planned: 2 });
  expect(plan.summary).toMatchObject({ images: 2, bytes: 6, facts: [{ label: "Groups", value: "1" }, {}, {}] });
  expect(await world.apply(plan)).toMatchObject({ succeeded: 2 });
  expect(await world.present()).toEqual(["uploads/2.png", "uploads/4.png"]);
  expect(await world.contents()).toEqual({
    [`trash/run-${runId}/uploads/1.png`]: "one",
    "uploads/2.png": "one",
    [`trash/run-${runId}/uploads/3.png`]: "one",
    "uploads/4.png": "four",
  });
  expect(await db.label.count()).toBe(1);
  const next = await db.jobRun.findFirst({ orderBy: { id: "desc" } });
  expect(next).toMatchObject({ kind: "find-duplicates", autoApply: true });

  await world.undo(runId);
  expect([await world.contents(), await db.image.findMany({ omit: { modifiedAt: true, isTextDue: true } })]).toEqual(
    before,
  );
  expect((await world.storage.get(thumbnailKey("uploads/1.png"))).body.toString()).toBe("thumbnail of uploads/1.png");
});

test("labels and generation records of what goes are told", async () => {
  const world = await openDuplicates({ "uploads/1.png": { bytes: "one" }, "uploads/2.png": { bytes: "one" } });
  const { id: imageId } = await world.db.image.findUniqueOrThrow({ where: { key: "uploads/2.png" } });
  const record = { prompt: "a cat", createdAt: new Date(0), references: "[]", record: "{}", hash: "" };
  await world.db.generation.create({ data: { id: "g-1", imageId, ...record } });
  await world.carryOut(findDuplicates, {});
  const plan = await world.plan(removeImages, all);
  expect(plan.summary?.warnings).toContain(
    "1 generation record and 0 labels belong to images that go. They stay with these images and come back with an undo; the images that are kept do not get them.",
  );
});

test("each image that goes tells its public address, and how many generation records name it as a reference", async () => {
  const world = await openDuplicates({
    "mina/cats/1.png": { bytes: "one" },
    "mina/cats/2.png": { bytes: "one" },
    "uploads/3.png": { bytes: "three" },
    "uploads/4.png": { bytes: "three" },
  });
  const { db, ports } = world;
  const { id: imageId, key, etag } = await db.image.findUniqueOrThrow({ where: { key: "mina/cats/2.png" } });
  const named = { imageId, key, etag };
  for (const [n, references] of [
    [named, { told: "/out/x.png" }],
    [named, named],
    [],
    [{ ...named, imageId: 999 }],
  ].entries()) {
    const record = { prompt: "a cat", createdAt: new Date(0), record: "{}", hash: "" };
    await db.generation.create({ data: { id: `g-${n}`, references: JSON.stringify(references), ...record } });
  }
  await world.carryOut(findDuplicates, {});
  const settings = { ...ports.settings, PUBLIC_ASSET_BASE_URL: "https://images.example.com" };
  const { runId } = await startRemoval(ports, { ...all, actor });
  const plan = await world.work(runId, { as: { ...ports, settings } });
  const { items } = await readItems(ports, { runId });
  const job = pair(removeImages, removeImagesHandler);
  expect(items.map((item) => toItemView(job, item).becomes)).toEqual([
    "to the trash, “mina/cats/1.png” stays; its public address https://images.example.com/mina/cats/2.png stops answering; it is a reference of 2 generation records",
    "to the trash, “uploads/3.png” stays",
  ]);
  expect(plan.summary?.warnings?.slice(0, 2)).toEqual([
    "1 image that goes has a public address, which stops answering until an undo. Each item says which.",
    "1 image that goes is a reference of generation records, which lead nowhere until an undo. Each item says of how many.",
  ]);
});

test("of pictures that look alike only those go that are near to the one that is kept", async () => {
  const world = await openDuplicates({
    "uploads/1.png": { bytes: "one", hash: near },
    "uploads/2.png": { bytes: "two and more", hash: "0000000000000fff" },
    "uploads/3.png": { bytes: "three", hash: "ff000000000000ff" },
  });
  await world.carryOut(findDuplicates, {});
  const [group] = await world.groups();
  expect(group?.members).toEqual(["uploads/1.png 0", "uploads/2.png 4", "uploads/3.png 8"]);
  const plan = await world.plan(removeImages, { ...all, kind: "alike", keep: "largest" });
  expect(plan).toMatchObject({
    planned: 1,
    summary: { leftOut: [{ what: "Differ too much from the image that is kept", count: 1 }] },
  });
  await world.apply(plan);
  expect(await world.present()).toEqual(["uploads/2.png", "uploads/3.png"]);
});

test("nothing goes when the one that is kept has changed since, and what has changed itself stays", async () => {
  const world = await openDuplicates({
    "uploads/1.png": { bytes: "one" },
    "uploads/2.png": { bytes: "one" },
    "uploads/3.png": { bytes: "three" },
    "uploads/4.png": { bytes: "three" },
  });
  await world.carryOut(findDuplicates, {});
  const plan = await world.plan(removeImages, all);
  await world.storage.delete("uploads/1.png");
  await world.put({ "uploads/4.png": "another" });
  expect(await world.apply(plan)).toMatchObject({ succeeded: 0, skipped: 2 });
  const items = await world.db.jobItem.findMany({ where: { runId: plan.id }, orderBy: { seq: "asc" } });
  expect(items.map(({ reason }) => reason)).toEqual([
    "“uploads/1.png”, which was to be kept, is gone since the plan was made.",
    "“uploads/4.png” has changed since the plan was made.",
  ]);
  expect(await world.contents()).toEqual({
    "uploads/2.png": "one",
    "uploads/3.png": "three",
    "uploads/4.png": "another",
  });
});

test("a page lists what frees the most first, goes on behind a place, and drops what is no longer so", async () => {
  const world = await openDuplicates({
    "uploads/1.png": { bytes: "one" },
    "uploads/2.png": { bytes: "one" },
    "uploads/3.png": { bytes: "three", owner: "mina" },
    "uploads/4.png": { bytes: "three", owner: "mina" },
    "uploads/5.png": { bytes: "three", owner: "mina" },
  });
  const { db } = world;
  const list = async (ownerId: string | null = null, after: Place | null = null) => {
    const page = await listDuplicates(db, { kind: "same", ownerId, after });
    return page?.groups.map(({ spareBytes, members }) => [spareBytes, ...members.map(({ key }) => key.slice(8, 9))]);
  };
  expect(await list()).toBeUndefined();
  await world.carryOut(findDuplicates, {});
  expect(await list()).toEqual([
    [10, "3", "4", "5"],
    [3, "1", "2"],
  ]);
  expect(await list("mina")).toEqual([[10, "3", "4", "5"]]);
  const first = await db.duplicateGroup.findFirstOrThrow({ where: { ownerId: "mina" } });
  expect(await list(null, { spareBytes: 10, id: first.id })).toEqual([[3, "1", "2"]]);
  await db.image.update({ where: { key: "uploads/2.png" }, data: { goneAt: new Date() } });
  await db.image.update({ where: { key: "uploads/4.png" }, data: { ownerId: null } });
  expect(await list()).toEqual([[10, "3", "5"]]);
});

test("groups of an older search are refused, and so is a second removal beside one", async () => {
  const world = await openDuplicates({ "uploads/1.png": { bytes: "one" }, "uploads/2.png": { bytes: "one" } });
  await world.carryOut(findDuplicates, {});
  const old = await world.db.duplicateGroup.findFirstOrThrow();
  await world.carryOut(findDuplicates, {});
  await expect(startRemoval(world.ports, { ...all, groups: [old.id], actor })).rejects.toThrow(
    "A newer search no longer has these groups. Look at the list again.",
  );
  // All of them means all that the page showed, be it when the run is started or when it is planned.
  await expect(startRemoval(world.ports, { ...all, searchId: old.searchId, actor })).rejects.toThrow(
    "A newer search no longer has these groups. Look at the list again.",
  );
  const searchId = (await listDuplicates(world.db, { kind: "same", ownerId: null, after: null }))?.searchId;
  const { runId } = await startRemoval(world.ports, { ...all, ...(searchId && { searchId }), actor });
  await world.carryOut(findDuplicates, {});
  expect(await world.work(runId)).toMatchObject({
    status: "failed",
    error: "A newer search no longer has these groups. Look at the list again.",
  });
  const plan = await world.plan(removeImages, all);
  await world.db.jobRun.update({ where: { id: plan.id }, data: { status: "running" } });
  await expect(startRemoval(world.ports, { ...all, actor })).rejects.toThrow("is at work on “duplicates”");
});

test("a worker that loses its lease while it removes former searches takes away none that another has begun", async () => {
  const { db, ports } = await openWorld();
  await db.duplicateSearch.create({ data: { startedAt: new Date(0) } });
  const item = { seq: 0, subject: "images", label: null, before: null, target: null, etag: null, attempts: 0 };
  const signal = new AbortController().signal;
  let held = 0;
  const hold = async () => {
    // Members and groups of the former search are looked for first, and there are none.
    held += 1;
    if (held > 2) throw new LeaseLost("Another worker has it.");
  };
  const context = { runId: 1, payload: {}, signal, hasConsent: false, hold, waiting: () => undefined };
  await expect(findDuplicatesHandler.apply(ports, item, context)).rejects.toThrow(LeaseLost);
  expect(await db.duplicateSearch.count()).toBe(1);
});

test.each([
  ["none", []],
  ["1 001", Array.from({ length: 1_001 }, (_, n) => n + 1)],
  ["a number that is none", [0]],
])("groups by hand are refused with a sentence: %s", async (_, groups) => {
  const world = await openDuplicates({ "uploads/1.png": { bytes: "one" }, "uploads/2.png": { bytes: "one" } });
  await world.carryOut(findDuplicates, {});
  await expect(startRemoval(world.ports, { ...all, groups, actor })).rejects.toMatchObject({
    name: "DomainError",
    code: "invalid",
    message: "Choose from 1 to 1\u202f000 groups of the list. For more, plan for all of them.",
  });
});
