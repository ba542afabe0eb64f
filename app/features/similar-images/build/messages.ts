import type { Space } from "~/features/similar-images/vectors/space";

/** What a builder is told first. Rows come through its stdin, as `frameOf` writes them; a frame of none is the last. */
export type Task = {
  dimensions: Space["dimensions"];
  /** Where it writes; what is there is overwritten. */
  to: Files;
  /** An index that goes on: its vectors are not added again. */
  base: (Files & { count: number }) | null;
  threads: number;
};

export type Files = { index: string; codes: string };
export type Written = { bytes: number; sha256: string };

/** What a builder says: after each frame how many vectors it has, and at the end what it has written. */
export type FromBuilder = { count: number } | { count: number; index: Written; codes: Written };

export type Frame = { ids: number[]; imageIds: number[]; vectors: Float32Array[] };

/** How many rows a frame has, their ids, those of their images, and their vectors. */
export function frameOf({ ids, imageIds, vectors }: Frame): Uint8Array {
  const dimensions = vectors[0]?.length ?? 0;
  const words = new Uint32Array(1 + ids.length * (2 + dimensions));
  words[0] = ids.length;
  words.set(ids, 1);
  words.set(imageIds, 1 + ids.length);
  const numbers = new Float32Array(words.buffer, 4 * (1 + 2 * ids.length));
  vectors.forEach((vector, at) => {
    numbers.set(vector, at * dimensions);
  });
  return new Uint8Array(words.buffer);
}
