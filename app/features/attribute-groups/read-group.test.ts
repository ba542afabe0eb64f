import { expect, test } from "vitest";
import type { Db } from "~/ports/db.server";
import { openTestDb } from "../../../tests/support/db";
import { findPictures } from "./find-pictures.server";
import { readGroup } from "./read-group.server";
import { readGroups } from "./read-groups.server";

const prefix = "references/01. Model/front_warm/";
const at = new Date(0);

/** A snapshot of one group whose reference image is `reference.png`. */
async function openGroup(keys: string[]): Promise<Db> {
  const db = await openTestDb();
  await db.objectListing.create({ data: { hash: "none", objects: "[]" } });
  await db.groupSnapshot.create({
    data: {
      root: "Model",
      prefix: "references/01. Model/",
      objects: keys.length,
      images: keys.length,
      takenAt: at,
      asOf: at,
      straysHash: "none",
      groups: {
        create: {
          prefix,
          name: "front_warm",
          attributes: '{"angle":"front","tone":"warm"}',
          objects: keys.length,
          images: keys.length,
          bytes: 5,
          referenceKey: `${prefix}reference.png`,
          referenceEtag: "etag",
          listingHash: "none",
        },
      },
    },
  });
  const row = { etag: "etag", bytes: 5, kind: "reference", modifiedAt: at, createdAt: at };
  await db.image.createMany({ data: keys.map((key) => ({ ...row, key })) });
  return db;
}

test("the reference leads, then what lies in the folder by key, 60 a page", async () => {
  const names = Array.from({ length: 130 }, (_, n) => `${String(n).padStart(3, "0")}.png`);
  const inside = [...names, "reference.png", "deep/z.png"].map((name) => prefix + name);
  const db = await openGroup([
    ...inside,
    "references/01. Model/front_warm0",
    "references/01. Model/front_warm-2/a.png",
  ]);
  await db.image.update({ where: { key: `${prefix}000.png` }, data: { goneAt: at } });

  const pages = await Promise.all(
    [1, 2, 3].map((page) => readGroup({ db }, { root: "Model", name: "front_warm", page })),
  );

  expect(pages.map((page) => page.images.length)).toEqual([60, 60, 11]);
  expect(pages[0]).toMatchObject({ indexed: 131, attributes: { angle: "front", tone: "warm" }, asOf: at });
  const shown = pages.flatMap((page) => page.images.map((image) => image.key.slice(prefix.length)));
  expect(shown).toEqual(["reference.png", ...names.slice(1), "deep/z.png"]);
  const marked = pages.flatMap((page) => page.images).filter((image) => image.isReference || !image.isDirect);
  expect(marked.map(({ key, isReference, isDirect }) => [key.slice(prefix.length), isReference, isDirect])).toEqual([
    ["reference.png", true, true],
    ["deep/z.png", false, false],
  ]);
});

test("what was read of other bytes than the present ones is not shown", async () => {
  const db = await openGroup([`${prefix}a.png`, `${prefix}b.png`]);
  const facts = { contentType: "image/png", width: 768, height: 1024 };
  await db.image.update({ where: { key: `${prefix}a.png` }, data: { ...facts, readEtag: "etag" } });
  await db.image.update({
    where: { key: `${prefix}b.png` },
    data: { ...facts, readEtag: "older", unreadable: "Cut." },
  });

  const { images } = await readGroup({ db }, { root: "Model", name: "front_warm" });

  expect(images).toMatchObject([
    { key: `${prefix}a.png`, width: 768, height: 1024, contentType: "image/png" },
    { key: `${prefix}b.png`, width: null, height: null, contentType: null, unreadable: null },
  ]);
});

test("the newest proposal for each attribute, from whichever run it is", async () => {
  const db = await openGroup([`${prefix}a.png`]);
  const image = await db.image.findFirstOrThrow();
  const prompt = await db.promptVersion.create({
    data: {
      name: "p",
      version: 1,
      hash: "h",
      instructions: "",
      attributes: "[]",
      settings: "{}",
      examples: "[]",
      createdAt: at,
    },
  });
  const propose = async (values: Record<string, string>) => {
    const labelRun = await db.labelRun.create({
      data: {
        createdAt: at,
        scope: "{}",
        promptVersion: { connect: { id: prompt.id } },
        jobRun: {
          create: {
            kind: "label-run",
            title: "t",
            lane: 0,
            status: "succeeded",
            payload: "{}",
            actor: "a",
            actorName: "a",
            createdAt: at,
          },
        },
      },
    });
    for (const [attribute, value] of Object.entries(values)) {
      await db.proposal.create({
        data: { labelRunId: labelRun.id, imageId: image.id, etag: image.etag, attribute, value, createdAt: at },
      });
    }
  };
  await propose({ angle: "front", ageRange: "20s" });
  await propose({ angle: "profile", tone: "warm" });

  const { images } = await readGroup({ db }, { root: "Model", name: "front_warm" });

  expect(images[0]?.proposals.map(({ attribute, value }) => [attribute, value])).toEqual([
    ["ageRange", "20s"],
    ["angle", "profile"],
    ["tone", "warm"],
  ]);
});

test("a picture is named by its row, while the index has one", async () => {
  const db = await openGroup([`${prefix}reference.png`]);
  const { id } = await db.image.findFirstOrThrow();
  const read = async () => (await readGroups({ db }, { root: "Model" }))?.groups[0]?.reference;
  expect(await read()).toEqual({ imageId: id, key: `${prefix}reference.png`, etag: "etag" });

  await db.image.update({ where: { id }, data: { goneAt: at } });
  expect(await read()).toMatchObject({ imageId: null });
});

test("a reference replaced since it was indexed is not shown by its former picture, nor taken for what the audit saw", async () => {
  const db = await openGroup([`${prefix}reference.png`, `${prefix}a.png`]);
  const objects = '[["a.png","etag",5],["reference.png","newer",5]]';
  await db.objectListing.update({ where: { hash: "none" }, data: { objects } });
  await db.group.updateMany({ data: { referenceEtag: "newer" } });

  const view = await readGroups({ db }, { root: "Model" });
  const { images } = await readGroup({ db }, { root: "Model", name: "front_warm" });

  const unseen = { imageId: null, key: `${prefix}reference.png`, etag: "newer" };
  expect(view?.groups[0]).toMatchObject({ reference: unseen, cover: unseen });
  expect(images.map(({ key, isAsAudited }) => [key.slice(prefix.length), isAsAudited])).toEqual([
    ["reference.png", false],
    ["a.png", true],
  ]);
});

test("what is known to be unreadable is no picture of a finding", async () => {
  const db = await openGroup([`${prefix}a.png`]);
  const { id } = await db.image.findFirstOrThrow();
  const find = () => findPictures(db, { prefix, etags: ["etag"] });
  expect(await find()).toEqual({ etag: id });
  await db.image.update({ where: { id }, data: { readEtag: "etag", unreadableClass: "undecodable" } });
  expect(await find()).toEqual({});
});

test("a folder that the last audit did not see is not found", async () => {
  const db = await openGroup([]);
  await expect(readGroup({ db }, { root: "Model", name: "front_cool" })).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringContaining("“front_cool”"),
  });
});
