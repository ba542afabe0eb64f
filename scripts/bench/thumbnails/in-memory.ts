/**
 * Thumbnails of a folder's pictures, all read before, COUNT times. Prints the milliseconds.
 * Usage: in-memory.ts ours|bare|bare-threads FOLDER COUNT
 */
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import pMap from "p-map";
import sharp from "sharp";
import { toThumbnail } from "~/features/images/pixels/read-image.server";
import { bareThumbnail, EDGE } from "./bare-thumbnail";

const [way = "", folder = "", count = "1"] = process.argv.slice(2);
const pictures = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
const all = Array.from({ length: Number(count) }, (_, n) => pictures[n % pictures.length] ?? Buffer.alloc(0));

const ways: Record<string, { lanes: number; threads: number; make(bytes: Buffer): Promise<unknown> }> = {
  ours: {
    lanes: 8,
    threads: 1,
    async make(bytes) {
      const image = await toThumbnail(bytes, EDGE);
      if (!image.ok) throw new Error(image.error);
    },
  },
  bare: { lanes: 4, threads: 1, make: bareThumbnail },
  "bare-threads": { lanes: 2, threads: availableParallelism(), make: bareThumbnail },
};
const chosen = ways[way];
if (!chosen) throw new Error(`There is no way ${way}.`);
sharp.concurrency(chosen.threads);
sharp.cache(false);
// What starts with the first pictures is no picture's time.
await pMap(all.slice(0, 8), chosen.make, { concurrency: chosen.lanes });
const startedAt = performance.now();
await pMap(all, chosen.make, { concurrency: chosen.lanes });
process.stdout.write(`${performance.now() - startedAt}\n`);
