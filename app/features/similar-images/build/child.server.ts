import { once } from "node:events";
import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { digestOfFile } from "~/features/similar-images/file/digest.server";
import { createIndex } from "~/features/similar-images/file/open-index.server";
import { type Codes, encode, readCodes, wordsOf } from "~/features/similar-images/vectors/codes";
import type { FromBuilder, Task, Written } from "./messages";

/**
 * Builds an index for the process that started it, of rows that come through stdin. It is given vectors and names of files and
 * nothing else: no credentials, no database. Whoever has something else to do comes first on the processor.
 */

// Ctrl+C and a service's stop reach every process of a group; whoever started this one ends its work in its own order.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
const leave = () => process.kill(process.pid, "SIGKILL");
process.once("disconnect", leave);
if (!process.connected) leave();
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const chunks: AsyncIterator<Buffer> = process.stdin[Symbol.asyncIterator]();
let rest: Buffer = Buffer.alloc(0);

async function readBytes(length: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length; ) {
    if (rest.length === 0) {
      const { value, done } = await chunks.next();
      if (done) return leave() as never;
      rest = value;
    }
    const taken = rest.subarray(0, length - filled);
    bytes.set(taken, filled);
    filled += taken.length;
    rest = rest.subarray(taken.length);
  }
  return bytes.buffer;
}

/** On the disk before it is told of. */
async function finish(file: string): Promise<Written> {
  const opened = openSync(file, "r+");
  fsyncSync(opened);
  closeSync(opened);
  return { bytes: statSync(file).size, sha256: await digestOfFile(file) };
}

/** The codes that a build has so far, part by part. */
function growingCodes({ dimensions, base }: Task) {
  const words = wordsOf(dimensions);
  const parts: Omit<Codes, "mean">[] = [];
  const former = base && readCodes(readFileSync(base.codes), { count: base.count, dimensions });
  if (former) parts.push(former);
  let mean = former?.mean ?? null;
  return {
    add(ids: Uint32Array, imageIds: Uint32Array, vectors: Float32Array) {
      // Of the first rows: the mean only serves to set the bits apart, and any later one would make other codes.
      mean ??= meanOf(vectors, dimensions);
      const codes = new Uint32Array(ids.length * words);
      for (let at = 0; at < ids.length; at++) encode(vectors, at * dimensions, mean, codes, at * words);
      parts.push({ ids, imageIds, codes });
    },
    write(file: string) {
      const opened = openSync(file, "w", 0o600);
      for (const name of ["ids", "imageIds", "codes"] as const) {
        for (const part of parts) writeAll(opened, part[name]);
      }
      writeAll(opened, mean ?? new Float32Array(dimensions));
      closeSync(opened);
    },
  };
}

function writeAll(file: number, { buffer, byteOffset, byteLength }: Uint32Array | Float32Array): void {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

function meanOf(vectors: Float32Array, dimensions: number): Float32Array {
  const sums = new Float64Array(dimensions);
  for (let at = 0; at < vectors.length; at++)
    sums[at % dimensions] = (sums[at % dimensions] as number) + (vectors[at] as number);
  return Float32Array.from(sums, (sum) => (sum * dimensions) / vectors.length);
}

const tell = (message: FromBuilder) => process.send?.(message);

const asked = once(process, "message");
process.send?.("ready");
const [task] = (await asked) as [Task];
const { dimensions, base, to, threads } = task;
const index = createIndex({ dimensions });
if (base) index.load(base.index);
const codes = growingCodes(task);
for (;;) {
  const [count = 0] = new Uint32Array(await readBytes(4));
  if (count === 0) break;
  const rows = await readBytes(4 * count * (2 + dimensions));
  const ids = new Uint32Array(rows, 0, count);
  const vectors = new Float32Array(rows, 8 * count, count * dimensions);
  index.add(BigUint64Array.from(ids, BigInt), vectors, threads);
  // A copy, for these would hold the vectors, too.
  codes.add(ids.slice(), new Uint32Array(rows, 4 * count, count).slice(), vectors);
  tell({ count: index.size() });
}
index.save(to.index);
// Whoever started this one may be gone, which is heard only now.
await nextTurn();
codes.write(to.codes);
tell({ count: index.size(), index: await finish(to.index), codes: await finish(to.codes) });
