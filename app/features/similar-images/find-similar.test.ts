import { expect, test } from "vitest";
import type { ImageQuery } from "~/features/images/query/image-query";
import {
  anyVector,
  bytesOf,
  type Embedded,
  MODEL,
  openEmbedded,
  schema,
} from "../../../tests/support/world/embedded-images";
import { buildIndex } from "./build/build-index.server";
import { findSimilar } from "./find-similar.server";
import type { SimilarTo } from "./search/similar-search.server";
import { similarityOf } from "./vectors/space";

const { signal } = new AbortController();
const IMAGES = 1_500;

const search = ({ deps }: Embedded, like: SimilarTo, { query = {}, k = 10 }: { query?: ImageQuery; k?: number } = {}) =>
  findSimilar(deps, { model: MODEL, like, query, k, schema });

async function find(world: Embedded, like: SimilarTo, options?: { query?: ImageQuery; k?: number }) {
  const found = await search(world, like, options);
  if (found.kind !== "found") throw new Error(found.kind);
  return found;
}

/** What is nearest to a vector when each row that matches is compared with it. */
async function compareAll({ db }: Embedded, vector: Float32Array, isAsked: (image: Image) => boolean) {
  const rows = await db.imageEmbedding.findMany({
    where: { model: MODEL, dimensions: vector.length },
    include: { image: true },
  });
  return rows
    .filter(({ image }) => isAsked(image))
    .map(({ imageId, vector: bytes }) => ({
      imageId,
      similarity: similarityOf(vector, new Float32Array(Uint8Array.from(bytes).buffer)),
    }))
    .sort((a, b) => b.similarity - a.similarity);
}
type Image = { id: number; kind: string; ownerId: string | null; goneAt: Date | null; bytes: bigint | number };

const queries: [string, ImageQuery, (image: Image) => boolean][] = [
  ["none", {}, () => true],
  ["all", { all: true }, () => true],
  ["one in a hundred", { owner: ["u-1"] }, ({ ownerId }) => ownerId === "u-1"],
  ["half", { kind: ["upload"] }, ({ kind }) => kind === "upload"],
  ["half of a few", { kind: ["upload"], maxBytes: 9 }, ({ kind, bytes }) => kind === "upload" && bytes <= 9],
  ["nothing", { owner: ["u-2"] }, () => false],
];

test.each(["compared one by one", "an index", "an index and newer vectors"])("queries hold: %s", async (way) => {
  const world = await openEmbedded(IMAGES);
  if (way !== "compared one by one") await buildIndex(world.deps, { model: MODEL, dimensions: 32 }, { signal });
  if (way === "an index and newer vectors") await world.embed(Array.from({ length: 300 }, (_, at) => at * 5 + 1));
  await world.db.image.updateMany({ where: { id: { in: [3, 4, 5, 101] } }, data: { goneAt: new Date(0) } });
  await world.db.image.delete({ where: { id: 201 } });
  let hits = 0;
  let wanted = 0;
  for (let round = 0; round < 12; round++) {
    const vector = world.asked();
    for (const [, query, isAsked] of queries) {
      const best = await compareAll(world, vector, (image) => image.goneAt === null && isAsked(image));
      const { images } = await find(world, { vector }, { query });
      expect(images).toHaveLength(Math.min(10, best.length));
      const similarities = new Map(best.map(({ imageId, similarity }) => [imageId, similarity]));
      for (const { imageId, similarity } of images) expect(similarities.get(imageId)).toBeCloseTo(similarity, 5);
      const nearest = new Set(best.slice(0, 10).map(({ imageId }) => imageId));
      hits += images.filter(({ imageId }) => nearest.has(imageId)).length;
      wanted += nearest.size;
    }
  }
  if (way === "compared one by one") expect(hits).toBe(wanted);
  // Directions drawn evenly have no neighborhoods, which is the hardest an index can get.
  else expect(hits / wanted).toBeGreaterThan(0.97);
  const { isExact } = await find(world, { vector: world.asked() });
  expect(isExact).toBe(way === "compared one by one");
  expect(world.lines).toEqual([]);
});

test("finds all that match, far away as they are, and no more", async () => {
  const world = await openEmbedded(IMAGES);
  const [near, far] = [anyVector(world.random, 32), anyVector(world.random, 32)];
  const beside = (vector: Float32Array) => () => {
    const one = vector.map((value) => value + (world.random.below(200) - 100) / 5_000);
    const length = Math.hypot(...one);
    return one.map((value) => value / length);
  };
  const ids = Array.from({ length: IMAGES }, (_, at) => at + 1);
  await world.embed(ids, { vectorOf: beside(near) });
  const uploads = ids.filter((id) => id % 2 === 1);
  await world.embed(uploads, { vectorOf: beside(far) });
  await buildIndex(world.deps, { model: MODEL, dimensions: 32 }, { signal });
  const { images } = await find(world, { vector: near }, { query: { kind: ["upload"] }, k: 700 });
  expect(images).toHaveLength(700);
  expect(images.every(({ imageId }) => imageId % 2 === 1)).toBe(true);
});

test("more like an image: it is not among them, and its newest vector counts", async () => {
  const world = await openEmbedded(IMAGES);
  await buildIndex(world.deps, { model: MODEL, dimensions: 32 }, { signal });
  const twin = anyVector(world.random, 32);
  await world.embed([7, 8], { vectorOf: () => twin });
  const { images } = await find(world, { imageId: 7 }, { k: 3 });
  expect(images[0]).toEqual({ imageId: 8, similarity: expect.closeTo(1, 5) });
  expect(images.map(({ imageId }) => imageId)).not.toContain(7);
});

test("vectors that are gone are not found, be it most of them", async () => {
  const world = await openEmbedded(IMAGES);
  await buildIndex(world.deps, { model: MODEL, dimensions: 32 }, { signal });
  const { images: before } = await find(world, { vector: world.asked() });
  await world.db.imageEmbedding.deleteMany({ where: { imageId: { gt: 20 } } });
  const { images } = await find(world, { vector: world.asked() }, { k: 15 });
  expect(before).toHaveLength(10);
  expect(images.map(({ imageId }) => imageId).every((id) => id <= 20)).toBe(true);
  expect(images).toHaveLength(15);
});

test("vectors of another model, of other dimensions, and what is no vector are left out", async () => {
  const world = await openEmbedded(50);
  await world.embed([1, 2, 3], { model: "another", vectorOf: () => anyVector(world.random, 32) });
  await world.embed([4, 5], { vectorOf: () => anyVector(world.random, 16) });
  await world.embed([6], { vectorOf: () => new Float32Array(32) });
  await world.embed([7], { vectorOf: () => new Float32Array(32).fill(Number.NaN) });
  await world.embed([9]);
  const cut = bytesOf(anyVector(world.random, 32)).subarray(0, 100);
  await world.db.imageEmbedding.updateMany({ where: { imageId: 8 }, data: { vector: cut } });
  for (const way of ["compared", "index"]) {
    if (way === "index") await buildIndex(world.deps, { model: MODEL, dimensions: 32 }, { signal });
    const { images } = await find(world, { vector: world.asked() }, { k: 100 });
    const ids = images.map(({ imageId }) => imageId).sort((a, b) => a - b);
    expect(ids).toEqual([1, 2, 3, 9, ...Array.from({ length: 41 }, (_, at) => at + 10)]);
  }
});

test("says what is missing, and refuses what is no vector of the model", async () => {
  const world = await openEmbedded(3);
  await world.db.imageEmbedding.deleteMany({ where: { imageId: 3 } });
  expect(await search(world, { imageId: 3 })).toEqual({ kind: "no-vector-of-image" });
  await expect(search(world, { vector: new Float32Array(16).fill(1) })).rejects.toThrow(
    "The vector has 16 numbers, but those of “gemini-embedding-2” have 32: make it with the same model and length.",
  );
  for (const value of [0, Number.NaN]) {
    await expect(search(world, { vector: new Float32Array(32).fill(value) })).rejects.toThrow("has no direction");
  }
  await world.db.imageEmbedding.deleteMany();
  expect(await search(world, { imageId: 1 })).toEqual({ kind: "no-vectors" });
  expect(await search(world, { vector: world.asked() })).toEqual({ kind: "no-vectors" });
});
