import { expect, test } from "vitest";
import type { ImageQuery } from "~/features/images/query/image-query";
import { fillImageText } from "~/features/images/text/image-text.sql.server";
import { openTestDb } from "../../../../tests/support/db";
import { countDueText, countImages } from "./count-images.sql.server";
import { exportImages } from "./export-images.server";
import { imageOrders, type PageFrom, parseImageOrder } from "./image-order";
import { findNeighbors, listImages } from "./list-images.sql.server";
import { readFacets } from "./read-facets.sql.server";

const now = new Date("2026-11-29T12:00:00Z");
const clock = { now: () => now };
const schema = {
  roots: [{ name: "Model", prefix: "references/" }],
  attributes: { tone: { values: ["warm", "cool"] } },
};

/** More than one block of the walk, with ties in every order but that of keys. */
const IMAGES = 6_600;
async function open(images: number) {
  const db = await openTestDb();
  await db.owner.createMany({ data: ["u-1", "u-2"].map((id) => ({ id, name: `Owner ${id}`, createdAt: now })) });
  await db.image.createMany({
    data: Array.from({ length: images }, (_, at) => ({
      id: at + 1,
      key: `uploads/${String((at * 7) % IMAGES).padStart(5, "0")} ${at % 2 === 0 ? "even 서울" : "odd"}.png`,
      etag: "e",
      readEtag: "e",
      contentType: at % 10 === 0 ? "image/png" : "image/jpeg",
      bytes: at % 50,
      kind: at % 3 === 0 ? "generated" : "upload",
      ownerId: at % 1_000 === 0 ? "u-1" : at % 2 === 0 ? "u-2" : null,
      modifiedAt: now,
      createdAt: new Date(now.getTime() - Math.floor(at / 5) * 60_000),
      goneAt: at === 11 ? now : null,
    })),
  });
  const label = { etag: "e", source: "person", acceptedBy: "operator:1", acceptedAt: now, attribute: "tone" };
  await db.label.createMany({
    data: [1, 2, 3, 12]
      .filter((id) => id <= images)
      .map((imageId) => ({ ...label, imageId, value: imageId === 3 ? "cool" : "warm" })),
  });
  const record = { references: "[]", record: "{}", hash: "", createdAt: now };
  await db.generation.createMany({
    data: Array.from({ length: Math.ceil(images / 4) }, (_, n) => n * 4 + 1)
      .filter((at) => at < images)
      .map((at) => ({
        ...record,
        id: `g-${at}`,
        imageId: at + 1,
        prompt: at === 5 ? "등대 at night" : "A lighthouse at night",
      })),
  });
  await fillImageText({ db }, new AbortController().signal);
  return db;
}

const queries: [string, ImageQuery, (at: number) => boolean][] = [
  ["nothing", {}, () => true],
  ["a kind that many have", { kind: ["upload"] }, (at) => at % 3 !== 0],
  ["an owner who has few", { owner: ["u-1"] }, (at) => at % 1_000 === 0],
  ["no owner", { unowned: true }, (at) => at % 2 !== 0],
  ["a word of half", { text: "서울" }, (at) => at % 2 === 0],
  [
    "a rare word, in part",
    { text: "0001" },
    (at) =>
      String((at * 7) % IMAGES)
        .padStart(5, "0")
        .startsWith("0001"),
  ],
  [
    "a word, a format and a kind",
    { text: "odd", format: ["jpeg"], kind: ["upload"] },
    (at) => at % 2 === 1 && at % 3 !== 0,
  ],
  ["the last in the list", { minBytes: 49, until: "2026-11-28", text: "odd" }, (at) => at % 50 === 49 && at >= 3_605],
  ["a word of many prompts", { text: "lightho" }, (at) => at % 4 === 1 && at !== 5],
  ["a word of one prompt and one of many keys", { text: "등대 odd" }, (at) => at === 5],
  ["a word of an owner's name", { text: "owner U-1" }, (at) => at % 1_000 === 0],
  ["a word of many owners and one of many keys", { text: "Owner 서울" }, (at) => at % 2 === 0],
  ["a label's value", { text: "war" }, (at) => at < 2],
  ["a label's value and a word of a key", { text: "warm odd" }, (at) => at === 1],
  ["a label's value and a name", { text: "cool u-2" }, (at) => at === 2],
  ["a label's value and a name that do not meet", { text: "cool u-1" }, () => false],
  ["a label", { label: [{ attribute: "tone", value: "warm" }] }, (at) => at < 2],
  ["what there is none of", { format: ["gif"] }, () => false],
];

/** One database for all queries: filling it takes longer than asking. */
test("each order shows all images of a query, once, forwards and back; count, export and neighbors agree with it", async () => {
  const db = await open(IMAGES);
  for (const [what, query, isFound] of queries) {
    const expected = Array.from({ length: IMAGES }, (_, at) => at)
      .filter((at) => at !== 11 && isFound(at))
      .map((at) => at + 1);
    const limit = Math.max(2, Math.ceil(expected.length / 3));
    for (const name of expected.length < 200 ? imageOrders : (["created-desc", "key-asc"] as const)) {
      const order = parseImageOrder(name);
      const list = (from: PageFrom) => listImages({ db, clock }, { query, order, from, limit, schema });
      const pages: number[][] = [];
      let page = await list(null);
      expect(page.before, what).toBeNull();
      for (;;) {
        pages.push(page.images.map(({ id }) => id));
        if (page.after === null) break;
        page = await list({ after: page.after });
      }
      const inOrder = await db.image.findMany({
        where: { goneAt: null },
        orderBy: [
          { [{ created: "createdAt", key: "key", bytes: "bytes" }[order.by]]: order.direction },
          { id: order.direction },
        ],
        select: { id: true },
      });
      const wanted = new Set(expected);
      expect(pages.flat(), `${what}, ${name}`).toEqual(inOrder.map(({ id }) => id).filter((id) => wanted.has(id)));
      const back: number[][] = [];
      while (page.before !== null) {
        page = await list({ before: page.before });
        back.unshift(page.images.map(({ id }) => id));
      }
      expect(back, `${what}, ${name}, back`).toEqual(pages.slice(0, -1));
    }
    const order = parseImageOrder("key-desc");
    const ids: number[] = [];
    for await (const page of exportImages({ db, clock }, { query, order, schema }))
      ids.push(...page.map(({ id }) => id));
    expect(
      ids.toSorted((a, b) => a - b),
      what,
    ).toEqual(expected);
    expect(await countImages({ db, clock }, { query, schema }), what).toEqual({ count: ids.length, isExact: true });
    const [first, second, third] = ids;
    if (first === undefined || second === undefined) continue;
    const near = (id: number) => findNeighbors({ db, clock }, { query, order, id, schema });
    expect(await near(first), what).toEqual({ previous: null, next: second });
    expect(await near(second), what).toEqual({ previous: first, next: third ?? null });
  }
});

test("words that many images have, all of them far down the list, are found in its order, forwards and back", async () => {
  const db = await openTestDb();
  const [before, after] = [12_000, 51_000];
  // Every tenth of those behind is an upload; owner and labels of a few have a word of their own.
  await db.$executeRaw`
    WITH RECURSIVE n(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < ${before + after})
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt", "isTextDue")
    SELECT at, CASE WHEN at > ${before} THEN 'z/word-' ELSE 'a/' END || printf('%06d', at), 'e', 1,
           CASE at % 10 WHEN 0 THEN 'upload' ELSE 'other' END, at, at, false FROM n`;
  await db.$executeRaw`INSERT INTO "ImageText" (rowid, "words") SELECT "id", replace(replace("key", '/', ' '), '-', ' ') FROM "Image"`;
  await db.image.update({ where: { id: before + 4 }, data: { goneAt: now } });
  await db.owner.create({ data: { id: "u-1", name: "Word Smith", createdAt: now } });
  await db.image.update({ where: { id: 7 }, data: { ownerId: "u-1" } });
  const order = parseImageOrder("key-asc");
  const list = (query: ImageQuery, from: PageFrom = null) =>
    listImages({ db, clock }, { query, order, from, limit: 3, schema });
  const ids = ({ images }: Awaited<ReturnType<typeof list>>) => images.map(({ id }) => id);

  const first = await list({ text: "word z" });
  expect(ids(first)).toEqual([before + 1, before + 2, before + 3]);
  expect(ids(await list({ text: "word z" }, { after: first.after ?? "" }))).toEqual([
    before + 5,
    before + 6,
    before + 7,
  ]);
  expect(ids(await list({ text: "word" }))).toEqual([7, before + 1, before + 2]);
  expect(ids(await list({ text: "word", kind: ["upload"] }))).toEqual([before + 10, before + 20, before + 30]);
  expect(ids(await list({ text: "word z smith" }))).toEqual([]);
  const back = { order: parseImageOrder("key-desc"), schema };
  const newest = await listImages({ db, clock }, { ...back, query: { text: "a" }, from: null, limit: 2 });
  expect(ids(newest)).toEqual([before, before - 1]);
});

test("a facet counts the values of its field as if it were not filtered by", async () => {
  const db = await open(60);
  const query: ImageQuery = { owner: ["u-2"], kind: ["upload"] };
  const { facets, isExact } = await readFacets({ db, clock }, { query, schema });
  expect(isExact).toBe(true);
  expect(
    facets.map((facet) => facet.map(({ field, value, label, count }) => `${field} ${value} (${label}) ${count}`)),
  ).toEqual([
    ["kind upload (upload) 20", "kind generated (generated) 9"],
    ["owner u-2 (Owner u-2) 20", "owner  (No owner) 19"],
    ["label tone:cool (tone cool) 1"],
    ["thumbnail missing (missing) 20"],
    ["format jpeg (jpeg) 16", "format png (png) 4"],
  ]);
});

test("facets of a word that many images have count what the list finds", async () => {
  const db = await open(IMAGES);
  const query: ImageQuery = { text: "서울", kind: ["upload", "generated"] };
  const { facets, isExact } = await readFacets({ db, clock }, { query, schema });
  const images = IMAGES / 2;
  expect(isExact).toBe(true);
  expect(facets.find(([facet]) => facet?.field === "kind")?.reduce((sum, { count }) => sum + count, 0)).toBe(images);
  expect(facets.find(([facet]) => facet?.field === "owner")?.map(({ value }) => value)).toEqual(["u-2", "u-1"]);
});

test("a query that filters by every field of the facets shows each of them as if it did not", async () => {
  const db = await open(4);
  const query: ImageQuery = {
    kind: ["upload"],
    owner: ["u-1"],
    label: [{ attribute: "tone", value: "cool" }],
    thumbnail: ["missing"],
    format: ["png"],
    unreadable: ["any"],
  };
  expect(await readFacets({ db, clock }, { query, schema })).toEqual({ facets: [], isExact: true, lookedAt: 0 });
});

test("a page from a place that is none is refused; words that are still due are told", async () => {
  const db = await open(2);
  const order = parseImageOrder("created-desc");
  const list = (after: string) => listImages({ db, clock }, { query: {}, order, from: { after }, limit: 1, schema });
  await expect(list("12.warm")).rejects.toThrow("“12.warm” is not a place in this list. Start from its first page.");
  await expect(list("")).rejects.toThrow("is not a place in this list");
  expect(() => parseImageOrder("size")).toThrow("There is no order called “size”.");
  expect(await countDueText({ db })).toBe(0);
  await db.image.update({ where: { id: 1 }, data: { key: "uploads/renamed.png" } });
  expect(await countDueText({ db })).toBe(1);
});
