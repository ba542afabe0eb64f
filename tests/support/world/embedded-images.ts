import { PassThrough } from "node:stream";
import { createLog } from "~/ports/log.server";
import { openTestDb } from "../db";
import { type Random, randomOf } from "../random";

export const MODEL = "gemini-embedding-2";
const now = new Date("2026-11-30T12:00:00Z");
export const schema = { roots: [{ name: "Model", prefix: "references/" }], attributes: {} };

/** A vector of length 1 in any direction. */
export function anyVector(random: Random, dimensions: number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, () => random.below(2_001) / 1_000 - 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

export const bytesOf = (vector: Float32Array) => new Uint8Array(Float32Array.from(vector).buffer);

/** So many images, each with a vector of `MODEL`, and what is logged meanwhile. Every hundredth belongs to u-1, and half of all are uploads. */
export async function openEmbedded(images: number, { dimensions = 32, seed = 1 } = {}) {
  const db = await openTestDb();
  const lines: string[] = [];
  const to = new PassThrough().setEncoding("utf8").on("data", (line: string) => {
    lines.push(JSON.parse(line).msg);
  });
  const random = randomOf(seed);
  await db.owner.create({ data: { id: "u-1", name: "Mina", createdAt: now } });
  await db.image.createMany({
    data: Array.from({ length: images }, (_, at) => ({
      id: at + 1,
      key: `uploads/${String(at).padStart(6, "0")}.png`,
      etag: "e",
      bytes: at % 1_000,
      kind: at % 2 === 0 ? "upload" : "generated",
      ownerId: at % 100 === 0 ? "u-1" : null,
      modifiedAt: now,
      createdAt: now,
    })),
  });

  /** Gives images a vector each; one that has one gets another row. */
  async function embed(imageIds: number[], { model = MODEL, vectorOf = () => anyVector(random, dimensions) } = {}) {
    await db.imageEmbedding.deleteMany({ where: { model, imageId: { in: imageIds } } });
    await db.imageEmbedding.createMany({
      data: imageIds.map((imageId) => {
        const vector = vectorOf();
        return { imageId, model, dimensions: vector.length, etag: "e", vector: bytesOf(vector), createdAt: now };
      }),
    });
  }
  await embed(Array.from({ length: images }, (_, at) => at + 1));
  return {
    db,
    embed,
    random,
    lines,
    deps: { db, clock: { now: () => now }, log: createLog("info", { to }) },
    asked: () => anyVector(random, dimensions),
  };
}
export type Embedded = Awaited<ReturnType<typeof openEmbedded>>;
