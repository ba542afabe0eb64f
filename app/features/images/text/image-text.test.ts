import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { imagesWhere } from "~/features/images/query/image-query.sql.server";
import type { Db } from "~/ports/db.server";
import { openMoves, testMoves } from "../../../../tests/support/world/move-world";
import { openWorld } from "../../../../tests/support/world/world";

const known = { now: new Date(), roots: [], attributes: {} };

async function search(db: Db, text: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ key: string }[]>`
    SELECT i."key" FROM "Image" i WHERE ${imagesWhere({ text }, known)} ORDER BY i."key"`;
  return rows.map(({ key }) => key);
}

const countDue = (db: Db) => db.image.count({ where: { isTextDue: true } });

/** Each question with the keys that it finds, in a bucket of these objects. */
test("an index run makes each image findable by the words of its key, in every script, and signs as they are", async () => {
  const { db, put, carryOut } = await openWorld();
  const keys = {
    cafe: "uploads/u-1/2026/11/Cafe\u0301 crème.jpg",
    korean: "generated/u-2/2026/11/서울 강남 카페.png",
    mixed: "uploads/photo서울2.png",
    japanese: "uploads/u-3/2026/11/東京タワー.png",
    chinese: "uploads/u-3/2026/11/北京故宫.webp",
    signs: 'uploads/100%_"off"*.png',
    plain: "uploads/100_off.png",
  };
  await put(Object.fromEntries(Object.values(keys).map((key) => [key, "1"])));
  await carryOut(indexImages, { prefix: "" });
  expect(await countDue(db)).toBe(0);
  const expected: Record<string, (keyof typeof keys)[]> = {
    café: ["cafe"],
    CREME: ["cafe"],
    서울: ["korean", "mixed"],
    강남: ["korean"],
    "서울 카페": ["korean"],
    photo서울: ["mixed"],
    東京: ["japanese"],
    京: ["japanese", "chinese"],
    故宫: ["chinese"],
    "%": ["signs"],
    "100%": ["signs"],
    '"off"': ["signs"],
    "*": ["signs"],
    "1_0": [],
    "100_off": ["signs", "plain"],
    "off OR cafe": [],
    "NEAR(": [],
  };
  const found: Record<string, string[]> = {};
  for (const question of Object.keys(expected)) found[question] = await search(db, question);
  expect(found).toEqual(
    Object.fromEntries(
      Object.entries(expected).map(([question, names]) => [question, names.map((name) => keys[name]).sort()]),
    ),
  );
});

test("a changed object stays findable, once; a gone one is not found", async () => {
  const { db, put, carryOut, storage } = await openWorld();
  await put({ "uploads/one.png": "1", "uploads/two.png": "1" });
  await carryOut(indexImages, { prefix: "" });
  await put({ "uploads/one.png": "other bytes" });
  await storage.delete("uploads/two.png");
  await carryOut(indexImages, { prefix: "" });
  expect(await search(db, "one")).toEqual(["uploads/one.png"]);
  expect(await search(db, "two")).toEqual([]);
  expect(await db.$queryRaw`SELECT count(*) AS "texts" FROM "ImageText"`).toEqual([{ texts: 2n }]);
});

test("images of before there was a full-text index are due, and the next index run writes their words", async () => {
  const { db, put, carryOut } = await openWorld();
  await put({ "uploads/seen.png": "1" });
  const row = { etag: "e", bytes: 1, kind: "upload", modifiedAt: new Date(0), createdAt: new Date(0) };
  await db.image.createMany({
    data: Array.from({ length: 4_001 }, (_, at) => ({ ...row, key: `uploads/old ${at}.png` })),
  });
  await db.image.create({ data: { ...row, key: "uploads/former.png", goneAt: new Date(0) } });
  expect(await countDue(db)).toBe(4_002);
  expect(await search(db, "old")).toEqual([]);
  await carryOut(indexImages, { prefix: "uploads/seen" });
  expect(await countDue(db)).toBe(0);
  expect(await search(db, "old 4000")).toEqual(["uploads/old 4000.png"]);
});

test("a moved image is found by its new key, and one that it changes places with by its own", async () => {
  const world = await openMoves();
  const { db, storage } = world;
  await world.addImage("references/alpha.png", "one");
  await world.addImage("references/beta.png", "two");
  await storage.delete("references/beta.png");
  await db.image.update({ where: { key: "references/beta.png" }, data: { goneAt: new Date(0) } });
  await world.carryOut(testMoves, { moves: [{ from: "references/alpha.png", to: "references/beta.png" }] });
  expect(await search(db, "beta")).toEqual(["references/beta.png"]);
  expect(await search(db, "alpha")).toEqual([]);
  await world.carryOut(testMoves, { moves: [{ from: "references/beta.png", to: "references/gamma.png" }] });
  expect(await search(db, "gamma")).toEqual(["references/gamma.png"]);
  expect(await search(db, "beta")).toEqual([]);
  expect(await countDue(db)).toBe(0);
});

test("a key that is changed in whichever way makes the words due", async () => {
  const { db } = await openWorld();
  const row = {
    etag: "e",
    bytes: 1,
    kind: "upload",
    modifiedAt: new Date(0),
    createdAt: new Date(0),
    isTextDue: false,
  };
  await db.image.createMany({ data: ["a.png", "b.png"].map((key) => ({ ...row, key })) });
  await db.image.update({ where: { key: "a.png" }, data: { key: "a.png", etag: "f" } });
  expect(await countDue(db)).toBe(0);
  await db.image.update({ where: { key: "a.png" }, data: { key: "c.png" } });
  expect(await db.image.findMany({ where: { isTextDue: true }, select: { key: true } })).toEqual([{ key: "c.png" }]);
});
