import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  anyVector,
  bytesOf,
  type Embedded,
  MODEL,
  openEmbedded,
  schema,
} from "../../../tests/support/world/embedded-images";
import { buildIndex } from "./build/build-index.server";
import { takeBuildLock } from "./build/build-lock.server";
import { indexFolder } from "./file/index-file";
import { findSimilar } from "./find-similar.server";
import { keepIndex, tidy } from "./keep-indexes.server";

const { signal } = new AbortController();
const space = { model: MODEL, dimensions: 8 };
/** More than are compared one by one for good. */
const MANY = 4_001;

const open = (images: number) => openEmbedded(images, { dimensions: 8 });
const keep = ({ deps }: Embedded) => keepIndex(deps, MODEL, { sound: new Set(), signal });
const folderOf = ({ db }: Embedded) => indexFolder(db.$file);
const names = (world: Embedded) => readdirSync(folderOf(world)).sort();
const fileOf = (world: Embedded, end: string) =>
  join(folderOf(world), names(world).find((name) => name.endsWith(end)) ?? "none");
const ids = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);

/** Whether an image is found by its own vector, by an index or without. */
async function findsItself({ db, deps }: Embedded, imageId: number): Promise<"index" | "compared" | "no"> {
  const row = await db.imageEmbedding.findFirstOrThrow({ where: { imageId, model: MODEL } });
  const vector = new Float32Array(Uint8Array.from(row.vector).buffer);
  const found = await findSimilar(deps, { model: MODEL, like: { vector }, query: {}, k: 5, schema });
  if (found.kind !== "found" || !found.images.some((image) => image.imageId === imageId)) return "no";
  return found.isExact ? "compared" : "index";
}

test("builds an index once there are many vectors, adds new ones, and leaves out what is gone", async () => {
  const world = await open(MANY - 1);
  expect(await keep(world)).toBeNull();
  await world.embed([1]);
  await world.db.image.createMany({
    data: ids(MANY, 5_000).map((id) => ({
      ...{ id, key: `more/${id}.png`, etag: "e", bytes: 1, kind: "upload" },
      ...{ modifiedAt: new Date(0), createdAt: new Date(0) },
    })),
  });
  await world.embed([MANY]);
  const first = await keep(world);
  expect(first).toMatchObject({ model: MODEL, dimensions: 8, count: MANY, rows: MANY });
  expect(await findsItself(world, MANY)).toBe("index");
  expect(await keep(world)).toBeNull();

  await world.embed(ids(MANY + 1, 4_001));
  const second = await keep(world);
  expect(second).toMatchObject({ count: 2 * MANY, rows: 2 * MANY });
  for (const imageId of [1, MANY, 2 * MANY]) expect(await findsItself(world, imageId)).toBe("index");

  await world.db.imageEmbedding.deleteMany({ where: { imageId: { gt: 2 * MANY - 900 } } });
  expect(await keep(world)).toMatchObject({ count: 2 * MANY - 900, rows: 2 * MANY - 900 });
  expect(names(world)).toHaveLength(3);
  expect(world.lines).toEqual([
    expect.stringMatching(
      /^The index of similar images was built in [\d.]+ s from 4001 vectors of “gemini-embedding-2”, because there was none\.$/,
    ),
    expect.stringMatching(/from 8002 vectors .*, because more than 4000 vectors are new\.$/),
    expect.stringMatching(/from 7102 vectors .*, because 900 of 8002 vectors are gone\.$/),
  ]);
});

const damages: [string, (world: Embedded) => unknown, RegExp | null][] = [
  [
    "an index cut in half",
    (world) => truncateSync(fileOf(world, ".usearch"), 100_000),
    /has 100000 bytes instead of \d+/,
  ],
  ["codes cut in half", (world) => truncateSync(fileOf(world, ".codes"), 8_000), /has 8000 bytes instead of \d+/],
  ["more bytes", (world) => appendFileSync(fileOf(world, ".usearch"), "x"), /bytes instead of/],
  ["other bytes", (world) => scribble(fileOf(world, ".usearch")), /holds other bytes than were written/],
  ["no index", (world) => rmSync(fileOf(world, ".usearch")), /is missing/],
  ["no sidecar", (world) => rmSync(fileOf(world, ".json")), null],
  ["half a sidecar", (world) => truncateSync(fileOf(world, ".json"), 200), null],
  ["an index of another database", otherDatabase, /was made of another database's vectors/],
];

function scribble(file: string) {
  const bytes = readFileSync(file);
  bytes.fill(7, 2_000, 3_000);
  writeFileSync(file, bytes);
}

/** As where a backup was put back, and its ids were given again. */
async function otherDatabase(world: Embedded) {
  await world.db.imageEmbedding.updateMany({
    where: { id: { lte: MANY } },
    data: { vector: bytesOf(anyVector(world.random, 8)) },
  });
}

test.each(damages)("%s: said, not used, and built anew", async (_, damage, sentence) => {
  const world = await open(MANY);
  expect(await keep(world)).toMatchObject({ count: MANY });
  const former = names(world);
  world.lines.length = 0;
  await damage(world);
  expect(await findsItself(world, 5)).toBe("compared");
  if (sentence) expect(world.lines).toEqual([expect.stringMatching(sentence)]);
  expect(await keep(world)).toMatchObject({ count: MANY });
  expect(await findsItself(world, 5)).toBe("index");
  expect(names(world)).toHaveLength(3);
  expect(names(world).filter((name) => former.includes(name))).toEqual([]);
});

test("an index whose sidecar was given another's dimensions is not used", async () => {
  const world = await open(MANY);
  await keep(world);
  const [index, sidecar] = [fileOf(world, ".usearch"), fileOf(world, ".json")];
  const said = JSON.parse(readFileSync(sidecar, "utf8"));
  copyFileSync(index, `${index}.kept`);
  const renamed = sidecar.replace("-8-", "-16-");
  renameSync(sidecar, renamed);
  writeFileSync(renamed, JSON.stringify({ ...said, dimensions: 16 }));
  await world.embed([3], { vectorOf: () => anyVector(world.random, 16) });
  expect(await findsItself(world, 3)).toBe("compared");
  expect(world.lines.at(-1)).toMatch(/could not be opened/);
});

test("an index that was swapped after it was opened is given up by what it says of rows", async () => {
  const world = await open(MANY);
  await keep(world);
  expect(await findsItself(world, 5)).toBe("index");
  await otherDatabase(world);
  expect(await findsItself(world, 5)).not.toBe("index");
  expect(world.lines.at(-1)).toMatch(/is of other vectors than the database has/);
});

test("one build at a time, and one that died holds up none", async () => {
  const world = await open(10);
  const lock = takeBuildLock(world.db.$file, space);
  expect(await buildIndex(world.deps, space, { signal })).toBeNull();
  lock?.release();
  for (const pid of [process.pid, 2 ** 22 + 1]) {
    writeFileSync(join(folderOf(world), "building.json"), JSON.stringify({ pid, ...space, indexed: 5 }));
    expect(await buildIndex(world.deps, space, { signal })).toMatchObject({ count: 10 });
  }
});

test("a build that is called off leaves nothing", async () => {
  const world = await open(MANY);
  const stop = new AbortController();
  const building = keepIndex(world.deps, MODEL, { sound: new Set(), signal: stop.signal });
  await expect.poll(() => readFileSync(join(folderOf(world), "building.json"), "utf8")).toMatch(/"indexed":[1-9]/);
  stop.abort(new Error("called off"));
  await expect(building).rejects.toThrow("called off");
  expect(names(world)).toEqual([]);
});

test("with very many vectors and no index yet, a search says how far the build is", async () => {
  const world = await open(20_001);
  const asked = { model: MODEL, like: { vector: world.asked() }, query: {}, k: 5, schema };
  expect(await findSimilar(world.deps, asked)).toEqual({ kind: "building", vectors: 20_001, indexed: 0 });
  const lock = takeBuildLock(world.db.$file, space);
  lock?.note(7_000);
  expect(await findSimilar(world.deps, asked)).toEqual({ kind: "building", vectors: 20_001, indexed: 7_000 });
  lock?.release();
});

test("what a killed build has left is removed", async () => {
  const world = await open(10);
  await buildIndex(world.deps, space, { signal });
  const kept = names(world);
  for (const name of ["gemini-embedding-2-8-dead.usearch", "gemini-embedding-2-8-dead.json.partial"]) {
    writeFileSync(join(folderOf(world), name), "half");
  }
  await tidy(world);
  expect(names(world)).toEqual(kept);
});

test("an index whose model has no vector of that length any more is removed, and no other", async () => {
  const world = await open(10);
  await world.embed([3], { vectorOf: () => anyVector(world.random, 16) });
  await world.embed([4], { model: "gemini-embedding-3" });
  const spaces = [space, { model: MODEL, dimensions: 16 }, { model: "gemini-embedding-3", dimensions: 8 }];
  for (const one of spaces) await buildIndex(world.deps, one, { signal });
  const beginnings = () => [...new Set(names(world).map((name) => name.replace(/[0-9a-f]{8}\.\w+$/, "")))];
  await tidy(world);
  expect(beginnings()).toEqual(["gemini-embedding-2-16-", "gemini-embedding-2-8-", "gemini-embedding-3-8-"]);

  await world.db.imageEmbedding.deleteMany({ where: { model: MODEL, dimensions: 8 } });
  const lock = takeBuildLock(world.db.$file, space);
  await tidy(world);
  expect(beginnings()).toContain("gemini-embedding-2-8-");
  lock?.release();
  await tidy(world);
  expect(beginnings()).toEqual(["gemini-embedding-2-16-", "gemini-embedding-3-8-"]);
  await world.db.imageEmbedding.deleteMany();
  await tidy(world);
  expect(names(world)).toEqual([]);
});
