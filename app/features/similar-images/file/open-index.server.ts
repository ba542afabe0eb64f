import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readCodes, searchCodes } from "~/features/similar-images/vectors/codes";
import type { Scored } from "~/features/similar-images/vectors/nearest";
import type { Space } from "~/features/similar-images/vectors/space";
import { INDEX_SHAPE, type Sidecar } from "./index-file";

export type OpenIndex = Awaited<ReturnType<typeof openIndex>>;

/**
 * An index that is empty, in usearch: a library of the machine's own code, loaded when it is first needed. By `require`: imported, it
 * looks for that code where an error's stack trace says that it is, which others change (tsx does).
 * @throws Error where usearch has no build for this machine
 */
export function createIndex({ dimensions }: Pick<Space, "dimensions">) {
  const { Index, MetricKind, ScalarKind }: typeof import("usearch") = createRequire(import.meta.url)("usearch");
  return new Index({
    ...{ dimensions, ...INDEX_SHAPE },
    ...{ metric: MetricKind.IP, quantization: ScalarKind.F16, multi: false },
  });
}

/**
 * Opens what `findFault` has found whole. The index is mapped into memory, which all processes of a machine share; of the codes
 * each has its own.
 * @throws Error where the file is an index of something else than its sidecar says
 */
export async function openIndex(folder: string, said: Sidecar) {
  const index = createIndex(said);
  index.view(join(folder, said.index.file));
  if (index.size() !== said.count || index.dimensions() !== said.dimensions) {
    throw new Error(`${said.index.file} has ${index.size()} vectors of ${index.dimensions()} numbers.`);
  }
  const codes = searchCodes(readCodes(await readFile(join(folder, said.codes.file)), said));
  return {
    said,
    /** The rows that are near, the nearest first; some may be gone. Scores are as exact as float16. */
    search(vector: Float32Array, most: number): Scored[] {
      if (said.count === 0) return [];
      const { keys, distances } = index.search(vector, Math.min(most, said.count), 1);
      return Array.from(keys, (id, at) => ({ id: Number(id), score: 1 - (distances[at] as number) }));
    },
    searchCodes: codes,
  };
}
