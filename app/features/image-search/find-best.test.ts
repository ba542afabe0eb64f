import { PassThrough } from "node:stream";
import sharp from "sharp";
import { expect, test } from "vitest";
import { toVectorBytes } from "~/features/embeddings/vector-bytes";
import { fillImageText } from "~/features/images/text/image-text.sql.server";
import { sumSpend } from "~/features/model-calls/sum-spend.sql.server";
import { createLog } from "~/ports/log.server";
import { openTestDb } from "../../../tests/support/db";
import { openTestGemini } from "../../../tests/support/gemini";
import { embedSearchedPicture } from "./embed-searched-picture.server";
import { findBest } from "./find-best.server";
import { LARGEST_SEARCHED_BYTES } from "./searched-picture";

const now = new Date("2026-11-30T12:00:00Z");
const schema = { roots: [], attributes: {} };
const MODEL = "gemini-embedding-2";

/** Plain pictures, whose keys name no color but one, which names another. */
const pictures = [
  { key: "a/1.png", color: "#d02020" },
  { key: "a/2.png", color: "#2040d0" },
  { key: "a/3.png", color: "#20a040" },
  { key: "a/blue car.png", color: "#c81818" },
  { key: "a/4.png", color: "#2038c0" },
];

async function open({ isEmbedded = true, knobs = {} }: { isEmbedded?: boolean; knobs?: object } = {}) {
  const db = await openTestDb();
  await db.image.createMany({
    data: pictures.map(({ key }, at) => ({
      ...{ id: at + 1, key, etag: "e", bytes: 1, modifiedAt: now, createdAt: now },
      kind: at === 4 ? "upload" : "generated",
    })),
  });
  await fillImageText({ db }, new AbortController().signal);
  const { gemini, model } = await openTestGemini();
  if (isEmbedded) {
    const contents = await Promise.all(
      pictures.map(async ({ color: background }) => {
        const drawn = sharp({ create: { width: 40, height: 40, channels: 3, background } });
        return { image: { bytes: await drawn.png().toBuffer(), contentType: "image/png" } };
      }),
    );
    const result = await model.embed({ model: MODEL, dimensions: 256, contents });
    if (result.kind !== "embedded") throw new Error(result.reason);
    await db.imageEmbedding.createMany({
      data: result.vectors.map((vector, at) => ({
        ...{ imageId: at + 1, model: MODEL, dimensions: 256, etag: "e", createdAt: now },
        vector: toVectorBytes(vector),
      })),
    });
  }
  gemini.setKnobs(knobs);
  const deps = { db, model, clock: { now: () => now }, log: createLog("info", { to: new PassThrough().resume() }) };
  const find = (search: { find?: string; like?: number; picture?: string; query?: object; limit?: number }) =>
    findBest(deps, { find: null, like: null, picture: null, query: {}, limit: 10, ...search, schema });
  const ids = async (search: Parameters<typeof find>[0]) => (await find(search)).found.map(({ id }) => id);
  const take = (picture: Buffer) => embedSearchedPicture(deps, picture);
  return { db, gemini, find, ids, take };
}

const plain = (background: string) => sharp({ create: { width: 60, height: 50, channels: 3, background } });

test.each(["blue", "blaues Bild", "파란 배경"])("words find what pictures show: %s", async (words) => {
  const { find } = await open();
  const { found, missing } = await find({ find: words });
  const shown = found.filter(({ why }) => why.words === null).map(({ id }) => id);
  expect(shown.slice(0, 2).sort()).toEqual([2, 5]);
  expect(missing).toBeNull();
});

test("what has the word and what shows it both lead, each with why it is there", async () => {
  const { find } = await open();
  const { found } = await find({ find: "blue" });
  const whys = new Map(found.map(({ id, why }) => [id, why]));
  expect(whys.get(4)?.words).toEqual(["blue"]);
  expect(whys.get(2)).toEqual({ words: null, similarity: expect.closeTo(0.5, 0) });
  expect(found.slice(0, 3).map(({ id }) => id)).toContain(4);
});

test("images like one, the nearest first, without itself", async () => {
  const { ids } = await open();
  expect((await ids({ like: 1 }))[0]).toBe(4);
  expect((await ids({ like: 2 }))[0]).toBe(5);
  expect(await ids({ like: 1 })).not.toContain(1);
});

test("what has one word of many comes after what shows it", async () => {
  const { ids } = await open();
  expect((await ids({ find: "blue motorbike under another roof" }))[0]).not.toBe(4);
  expect((await ids({ find: "blue car" }))[0]).toBe(4);
});

test("the first are the same however many are asked for", async () => {
  const { ids } = await open();
  const all = await ids({ find: "blue" });
  expect(await ids({ find: "blue", limit: 2 })).toEqual(all.slice(0, 2));
});

test("what is nearly the same as a better one, or as the image that is searched by, says so", async () => {
  const { db, find } = await open();
  await db.image.updateMany({ where: { id: { in: [1, 4] } }, data: { sha256: "a".repeat(64), readEtag: "e" } });
  const twins = async (search: Parameters<typeof find>[0]) =>
    (await find(search)).found.filter(({ id }) => id === 1 || id === 4).map((one) => [one.id, one.nearDuplicateOf]);
  expect(await twins({ like: 1 })).toEqual([[4, 1]]);
  const [better, other] = (await twins({ like: 3 })) as [[number, null], [number, number]];
  expect([better[1], other[1]]).toEqual([null, better[0]]);
});

test("filters hold for what is near, too", async () => {
  const { ids } = await open();
  expect(await ids({ like: 2, query: { kind: ["upload"] } })).toEqual([5]);
  expect(await ids({ find: "blue", query: { kind: ["upload"] } })).toEqual([5]);
});

test("an image and words move each other's neighbors", async () => {
  const { ids } = await open();
  const green = (await ids({ like: 1 })).indexOf(3);
  expect((await ids({ like: 1, find: "green" })).indexOf(3)).toBeLessThan(green);
});

test("the same words are paid once, and what they cost is kept", async () => {
  const { db, gemini, find } = await open();
  const paid = () => Object.values(gemini.calls().embedded).reduce((sum, times) => sum + times, 0);
  const before = paid();
  await find({ find: "blue  hat" });
  await find({ find: " blue hat", query: { kind: ["upload"] } });
  expect(paid() - before).toBe(1);
  const rows = await db.searchEmbedding.findMany();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ model: MODEL, dimensions: 256, outcome: "embedded", finishedAt: now });
  expect(rows[0]?.usd).toBeGreaterThan(0);
  expect(rows[0]?.usd).toBeLessThanOrEqual(rows[0]?.reservedUsd ?? 0);
  const { spentUsd, reservedUsd } = await sumSpend({ db, clock: { now: () => now } }, { since: new Date(0) });
  expect([spentUsd, reservedUsd]).toEqual([rows[0]?.usd, 0]);
});

test("where no image has a vector, words still do, and nothing is paid", async () => {
  const { db, find } = await open({ isEmbedded: false });
  const { found, missing } = await find({ find: "blue" });
  expect(found).toEqual([{ id: 4, why: { words: ["blue"], similarity: null }, nearDuplicateOf: null }]);
  expect(missing).toMatch(/^No image has a vector yet/);
  expect(await db.searchEmbedding.count()).toBe(0);
});

test("where the model does not answer, words still do, and the page can say why", async () => {
  const { db, find } = await open({ knobs: { rules: [{ fault: "overloaded" }] } });
  const { found, missing } = await find({ find: "blue" });
  expect(found.map(({ id }) => id)).toEqual([4]);
  expect(missing).toMatch(/Gemini/);
  expect(await db.searchEmbedding.findMany()).toMatchObject([{ outcome: "unavailable", vector: null, usd: 0 }]);
});

test.each([
  ["one letter", "b"],
  ["emoji alone", "🙂 🙃"],
  ["500 words", "red ".repeat(500).trim()],
])("%s: likeness answers, whatever words do", async (_, words) => {
  const { find } = await open();
  const { found, missing } = await find({ find: words });
  expect(missing).toBeNull();
  expect(found.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4, 5]);
  expect(found.filter(({ why }) => why.similarity === null)).toEqual([]);
});

test("while the model takes no calls, none is made", async () => {
  const { db, find } = await open();
  const heldUntil = new Date(now.getTime() + 60_000);
  await db.modelQuota.create({
    data: { model: MODEL, heldFrom: now, heldUntil, holdReason: "Gemini takes no calls for a minute." },
  });
  const { found, missing } = await find({ find: "blue" });
  expect(found.map(({ id }) => id)).toEqual([4]);
  expect(missing).toBe("Gemini takes no calls for a minute.");
  expect(await db.searchEmbedding.count()).toBe(0);
});

test("an image without a vector is said to have none, and one that there is not is refused", async () => {
  const { db, find } = await open();
  await db.imageEmbedding.deleteMany({ where: { imageId: 3 } });
  expect(await find({ like: 3 })).toEqual({
    found: [],
    missing: "Image 3 has no vector yet, by which others are found. Embed it first.",
  });
  await expect(find({ like: 314 })).rejects.toThrow("There is no image 314.");
});

test("a picture finds images that are like it, is paid once, and may come with words", async () => {
  const { db, gemini, ids, take } = await open();
  const bytes = await plain("#2244cc").webp().toBuffer();
  const picture = await take(bytes);
  expect((await ids({ picture })).slice(0, 2).sort()).toEqual([2, 5]);
  const calls = gemini.bill().calls;
  expect(await take(bytes)).toBe(picture);
  expect(await db.searchEmbedding.count()).toBe(1);
  expect(gemini.bill().calls).toBe(calls);
  const { usd, reservedUsd } = await db.searchEmbedding.findFirstOrThrow();
  expect(usd).toBeGreaterThan(0);
  expect(usd).toBeLessThanOrEqual(reservedUsd);
  const green = (await ids({ picture })).indexOf(3);
  expect((await ids({ picture, find: "green" })).indexOf(3)).toBeLessThan(green);
});

test("a picture that is not known any more is said to be so, and words still do", async () => {
  const { find } = await open();
  const { found, missing } = await find({ picture: "0".repeat(64) });
  expect(found).toEqual([]);
  expect(missing).toMatch(/^The picture of this address is not known: .* Search by the picture again\.$/);
  expect((await find({ picture: "0".repeat(64), find: "car" })).found[0]?.id).toBe(4);
});

test.each([
  ["a text", Buffer.from("not a picture"), /./],
  ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /SVG/],
  ["a HEIC, as phones write them", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), /HEIC/],
  ["too many bytes", Buffer.alloc(LARGEST_SEARCHED_BYTES + 1), /^The picture has .*; one that is searched by may have/],
])("%s is refused with a sentence, and nothing is paid", async (_what, bytes, sentence) => {
  const { db, take } = await open();
  await expect(take(bytes)).rejects.toMatchObject({ code: "invalid", message: expect.stringMatching(sentence) });
  expect(await db.searchEmbedding.count()).toBe(0);
});

test("half a picture is refused, and nothing is paid", async () => {
  const { db, take } = await open();
  const whole = await plain("#2244cc").jpeg().toBuffer();
  await expect(take(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({ code: "invalid" });
  expect(await db.searchEmbedding.count()).toBe(0);
});

test("where no image has a vector, a picture is not paid for", async () => {
  const { db, take } = await open({ isEmbedded: false });
  const picture = await plain("#2244cc").png().toBuffer();
  await expect(take(picture)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/Embed images first/),
  });
  expect(await db.searchEmbedding.count()).toBe(0);
});

test("a model that does not answer makes no search by a picture, and the picture can be tried again", async () => {
  const { gemini, ids, take } = await open({ knobs: { rules: [{ fault: "overloaded" }] } });
  const picture = await plain("#2244cc").png().toBuffer();
  await expect(take(picture)).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/Gemini/) });
  gemini.setKnobs({ rules: [] });
  expect((await ids({ picture: await take(picture) })).slice(0, 2).sort()).toEqual([2, 5]);
});
