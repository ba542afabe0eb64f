import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { cancelRun } from "~/features/job-runs/commands/steer-run.server";
import type { ItemContext } from "~/features/job-runs/kinds/handler";
import { pair } from "~/features/job-runs/kinds/job";
import { toItemView } from "~/features/job-runs/views/item-view";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { parseJson } from "~/features/json-column";
import { deathsIn, portsThatDie } from "../../../../tests/support/ports-that-die";
import { keepAbilities } from "../../../../tests/support/store/stores";
import { runsOf } from "../../../../tests/support/world/runs";
import { openWorld } from "../../../../tests/support/world/world";
import type { Reassignment } from "./reassign-owner";
import { rekeyOwner } from "./rekey-owner";
import { rekeyOwnerHandler } from "./rekey-owner.server";
import { startReassignment } from "./start-reassignment.server";

const actor = { id: "operator:1", name: "Mina" };
const job = pair(rekeyOwner, rekeyOwnerHandler);

/** A bucket with these objects, indexed; owner "u-1" is Mina Sato. */
async function openStudio(objects: Record<string, string>) {
  const world = await openWorld();
  const { db, ports } = world;
  await keepAbilities(ports, world);
  await db.owner.create({ data: { id: "u-1", name: "Mina Sato", createdAt: new Date() } });
  await world.put(objects);
  await world.carryOut(indexImages, { prefix: "" });
  const runs = runsOf(ports, actor);
  return {
    ...world,
    ...runs,
    planRekey: async (selection: Parameters<typeof startReassignment>[1]["selection"], toOwnerId = "u-1") =>
      runs.work((await startReassignment(ports, { selection, toOwnerId, rekey: true, actor })).runId),
    /** Where each present image lies, and whose it is. */
    owners: async () => {
      const images = await db.image.findMany({ where: { goneAt: null }, orderBy: { key: "asc" } });
      return Object.fromEntries(images.map(({ key, ownerId }) => [key, ownerId]));
    },
    imageId: async (key: string) => (await db.image.findUniqueOrThrow({ where: { key } })).id,
  };
}

test("what lies under the old owner's prefix moves with its owner, the rest changes hands; undo restores both", async () => {
  const studio = await openStudio({
    "generated/default/2026/11/a.png": "a",
    "uploads/default/2026/11/b.png": "bb",
    "archive/c.png": "c",
    "uploads/jun/2026/11/d.png": "d",
  });
  const { db, storage } = studio;
  await db.image.updateMany({ where: { key: "archive/c.png" }, data: { ownerId: "default" } });
  const key = "uploads/default/2026/11/b.png";
  const image = await db.image.findUniqueOrThrow({ where: { key } });
  await storage.put(thumbnailKey(key), Buffer.from("small"), { contentType: "image/webp" });
  await db.image.update({ where: { key }, data: { thumbnailEtag: image.etag } });
  const at = new Date();
  await db.label.create({
    data: {
      ...{ imageId: image.id, attribute: "tone", value: "warm", etag: image.etag },
      ...{ source: "person", acceptedBy: "test", acceptedAt: at },
    },
  });
  const record = { prompt: "A portrait", createdAt: at, references: "[]", record: "{}", hash: "h" };
  await db.generation.create({ data: { id: "g-1", imageId: image.id, ...record } });
  const [contents, owners] = [await studio.contents(), await studio.owners()];

  const planned = await studio.planRekey({ query: { owner: ["default"] } });
  expect(planned).toMatchObject({ status: "planned", planned: 3 });
  expect(planned.summary).toMatchObject({
    images: 3,
    present: [{ what: "default", count: 3 }],
    facts: [
      { label: "Objects that move to the new owner's prefix", value: "2" },
      { label: "Only change their owner", value: "1" },
    ],
    followers: [
      { what: "generation records", count: 1 },
      { what: "thumbnails", count: 1 },
    ],
    bytes: 3,
  });
  expect(await studio.contents()).toEqual(contents);

  const run = await studio.apply(planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 3 });
  expect(await studio.owners()).toEqual({
    "archive/c.png": "u-1",
    "generated/u-1/2026/11/a.png": "u-1",
    "uploads/jun/2026/11/d.png": "jun",
    "uploads/u-1/2026/11/b.png": "u-1",
  });
  expect(await studio.contents()).toEqual({
    "archive/c.png": "c",
    "generated/u-1/2026/11/a.png": "a",
    "uploads/jun/2026/11/d.png": "d",
    "uploads/u-1/2026/11/b.png": "bb",
  });
  const moved = await db.image.findUniqueOrThrow({ where: { id: image.id }, include: { labels: true } });
  expect([moved.key, moved.thumbnailEtag === moved.etag, moved.labels.length]).toEqual([
    "uploads/u-1/2026/11/b.png",
    true,
    1,
  ]);
  expect(await storage.head(thumbnailKey(moved.key))).not.toBeNull();
  const { items } = await readItems(studio, { runId: run.id });
  expect(items.map((item) => toItemView(job, item)).map(({ was, becomes }) => [was, becomes])).toEqual([
    ["default, “archive/c.png”", "Mina Sato, “archive/c.png”"],
    ["default, “generated/default/2026/11/a.png”", "Mina Sato, “generated/u-1/2026/11/a.png”"],
    ["default, “uploads/default/2026/11/b.png”", "Mina Sato, “uploads/u-1/2026/11/b.png”"],
  ]);

  const undone = await studio.undo(run.id);
  expect(undone).toMatchObject({ status: "succeeded", succeeded: 3, skipped: 0 });
  expect(await studio.owners()).toEqual(owners);
  expect(await studio.contents()).toEqual(contents);
  expect(await studio.undo(undone.id)).toMatchObject({ succeeded: 3, skipped: 0 });
  expect(await studio.owners()).toMatchObject({ "generated/u-1/2026/11/a.png": "u-1", "archive/c.png": "u-1" });
});

test("ingested images keep topic and role under the new owner, and stay where its id means another folder", async () => {
  const studio = await openStudio({
    "default/cats/hero.jpg": "h",
    "default/cats/comparison/gemini-2.1_0a1b2c3d.png": "c",
    "default/branding/logo.png": "l",
    "default/cats/notes.png": "n",
  });
  await studio.db.owner.create({ data: { id: "Trash", name: "Tracy Ash", createdAt: new Date() } });
  const stays = await studio.planRekey({ query: { owner: ["default"] } }, "Trash");
  expect(stays.summary?.facts).toEqual([
    { label: "Objects that move to the new owner's prefix", value: "0" },
    { label: "Only change their owner", value: "3" },
  ]);
  const before = await studio.contents();
  const run = await studio.apply(await studio.planRekey({ query: { owner: ["default"] } }));
  expect(run).toMatchObject({ succeeded: 3, skipped: 0 });
  expect(await studio.owners()).toEqual({
    "default/cats/notes.png": null,
    "u-1/branding/logo.png": "u-1",
    "u-1/cats/comparison/gemini-2.1_0a1b2c3d.png": "u-1",
    "u-1/cats/hero.jpg": "u-1",
  });
  const kinds = await studio.db.image.findMany({ where: { ownerId: "u-1" }, orderBy: { key: "asc" } });
  expect(kinds.map(({ kind }) => kind)).toEqual(["upload", "generated", "upload"]);
  await studio.undo(run.id);
  expect(await studio.contents()).toEqual(before);
});

test("a taken key is foreseen, also one that only S3 knows or that two would go to; nothing is overwritten", async () => {
  const studio = await openStudio({
    "uploads/a/2026/11/x.png": "of a",
    "uploads/b/2026/11/x.png": "of b",
    "uploads/a/2026/11/y.png": "y of a",
    "uploads/a/2026/11/z.png": "z of a",
    "uploads/u-1/2026/11/y.png": "y of u-1",
  });
  await studio.put({ "uploads/u-1/2026/11/z.png": "not indexed yet" });
  const planned = await studio.planRekey({ query: { owner: ["a", "b"] } });
  expect(planned.summary?.conflicts).toEqual({
    count: 3,
    sample: [
      "“uploads/u-1/2026/11/y.png” exists already, so “uploads/a/2026/11/y.png” stays where it is.",
      "“uploads/u-1/2026/11/z.png” exists already, so “uploads/a/2026/11/z.png” stays where it is.",
      "“uploads/a/2026/11/x.png” goes to “uploads/u-1/2026/11/x.png” as well, so “uploads/b/2026/11/x.png” stays where it is.",
    ],
  });
  expect(await studio.apply(planned)).toMatchObject({ succeeded: 1, skipped: 3 });
  expect(await studio.contents()).toEqual({
    "uploads/b/2026/11/x.png": "of b",
    "uploads/a/2026/11/y.png": "y of a",
    "uploads/a/2026/11/z.png": "z of a",
    "uploads/u-1/2026/11/x.png": "of a",
    "uploads/u-1/2026/11/y.png": "y of u-1",
    "uploads/u-1/2026/11/z.png": "not indexed yet",
  });
  expect(await studio.owners()).toMatchObject({
    "uploads/b/2026/11/x.png": "b",
    "uploads/a/2026/11/y.png": "a",
    "uploads/a/2026/11/z.png": "a",
    "uploads/u-1/2026/11/x.png": "u-1",
  });
});

test("what came to a key, or changed hands, after the plan stays as it is", async () => {
  const studio = await openStudio({
    "uploads/a/2026/11/1.png": "1",
    "uploads/a/2026/11/2.png": "2",
    "uploads/a/2026/11/3.png": "3",
  });
  const planned = await studio.planRekey({ query: { owner: ["a"] } });
  await studio.put({ "uploads/u-1/2026/11/1.png": "came since" });
  const id = await studio.imageId("uploads/a/2026/11/2.png");
  await studio.db.image.update({ where: { id }, data: { ownerId: null } });
  const run = await studio.apply(planned);
  expect(run).toMatchObject({ succeeded: 1, skipped: 2 });
  expect(await studio.owners()).toEqual({
    "uploads/a/2026/11/1.png": "a",
    "uploads/a/2026/11/2.png": null,
    "uploads/u-1/2026/11/3.png": "u-1",
  });
  expect((await studio.contents())["uploads/u-1/2026/11/1.png"]).toBe("came since");

  const moved = await studio.imageId("uploads/u-1/2026/11/3.png");
  await studio.db.image.update({ where: { id: moved }, data: { ownerId: null } });
  const undo = await studio.planUndo(run.id);
  expect(undo.summary?.conflicts?.sample).toEqual(["“uploads/u-1/2026/11/3.png” has no owner now."]);
  expect(await studio.apply(undo)).toMatchObject({ succeeded: 0, skipped: 1 });
});

test("an owner who is merged away while an image moves to him is who is left, so no image belongs to a hidden owner", async () => {
  const studio = await openStudio({ "uploads/a/2026/11/1.png": "1", "archive/2.png": "2" });
  const { db, storage, ports } = studio;
  await db.owner.create({ data: { id: "u-2", name: "Mina (new)", createdAt: new Date() } });
  await db.image.updateMany({ data: { ownerId: "a" } });
  const planned = await studio.planRekey({ query: { owner: ["a"] } });
  const merge = () => db.owner.update({ where: { id: "u-1" }, data: { mergedIntoId: "u-2" } });
  const merging: typeof storage = {
    ...storage,
    async head(...call) {
      await merge();
      return storage.head(...call);
    },
  };
  const run = await runsOf({ ...ports, storage: merging }, actor).apply(planned);
  expect(run).toMatchObject({ failed: 0 });
  expect(await studio.owners()).toMatchObject({ "uploads/u-1/2026/11/1.png": "u-2" });
  expect(await db.image.count({ where: { ownerId: "u-1" } })).toBe(0);
});

test("objects are not moved under an owner whose id would be two folders, or the folder above", async () => {
  const { db, planRekey } = await openStudio({ "uploads/a/2026/11/1.png": "1" });
  for (const id of ["team/mina", ".."]) {
    await db.owner.create({ data: { id, name: id, createdAt: new Date() } });
    await expect(planRekey({ query: { owner: ["a"] } }, id)).rejects.toThrow(
      `No key can name the owner “${id}”. Reassign without moving the objects.`,
    );
  }
  expect(await db.jobRun.count({ where: { kind: "rekey-owner" } })).toBe(0);
});

test("however a store fails midway, no image has only its key or only its owner changed, and undo restores all", async () => {
  const keys = Array.from({ length: 12 }, (_, n) => `uploads/a/2026/11/${n}.png`);
  const studio = await openStudio(Object.fromEntries(keys.map((key) => [key, key])));
  const planned = await studio.planRekey({ query: { owner: ["a"] } });
  studio.setFaults([
    { operation: "PutObject", status: 503, times: 2 },
    { operation: "DeleteObject", keyPattern: "a/2026/11/[0-4].png$", loseAnswer: true, times: 2 },
    { operation: "DeleteObject", keyPattern: "a/2026/11/5.png$", status: 403 },
  ]);
  const run = await studio.apply(planned);
  studio.setFaults([]);
  expect(run).toMatchObject({ succeeded: 11, failed: 1 });
  for (const [key, ownerId] of Object.entries(await studio.owners())) {
    expect([key, ownerId]).toEqual([key, key.startsWith("uploads/u-1/") ? "u-1" : "a"]);
  }
  await studio.undo(run.id);
  expect(Object.keys(await studio.contents()).sort()).toEqual([...keys].sort());
  expect(new Set(Object.values(await studio.owners()))).toEqual(new Set(["a"]));
});

test("dies at every step of an item: owner and key agree at every moment, and the undo of the cancelled run restores both", async () => {
  const deaths = deathsIn(24).filter(({ when }) => when === "after");
  const keys = deaths.map(({ nth, when }) => `uploads/a/2026/11/${String(nth).padStart(2, "0")}-${when}.png`);
  const studio = await openStudio(Object.fromEntries(keys.map((key) => [key, key])));
  const { db, ports } = studio;
  const before = [await studio.contents(), await studio.owners()];
  const { id: runId } = await studio.planRekey({ query: { owner: ["a"] } });
  await db.jobRun.update({ where: { id: runId }, data: { status: "running" } });
  const rows = await db.jobItem.findMany({ where: { runId }, orderBy: { seq: "asc" } });
  const context: ItemContext<Reassignment> = {
    ...{ runId, payload: { selection: { query: { owner: ["a"] } }, toOwnerId: "u-1" } },
    ...{ signal: new AbortController().signal, hasConsent: true, waiting: () => {} },
    hold: async (tx) => void (await tx.jobRun.update({ where: { id: runId }, data: { worker: "test" } })),
  };
  let moved = 0;
  for (const row of rows) {
    const item = { ...row, before: parseJson(row.before), target: parseJson(row.target) };
    const death = deaths[keys.indexOf(row.label ?? "")] ?? { nth: 0, when: "before" };
    await rekeyOwnerHandler.apply(portsThatDie(ports, death), item, context).catch(() => {});
    const image = await db.image.findUniqueOrThrow({ where: { id: Number(row.subject) } });
    const isMoved = image.key.startsWith("uploads/u-1/");
    expect([death, image.ownerId]).toEqual([death, isMoved ? "u-1" : "a"]);
    moved += isMoved ? 1 : 0;
  }
  expect(moved).toBeGreaterThan(0);
  expect(moved).toBeLessThan(rows.length);

  await cancelRun(ports, { runId, actor });
  const undo = await studio.planUndo(runId);
  expect(undo.summary?.conflicts).toBeUndefined();
  expect(await studio.apply(undo)).toMatchObject({ status: "succeeded", failed: 0, skipped: 0 });
  expect([await studio.contents(), await studio.owners()]).toEqual(before);
});
