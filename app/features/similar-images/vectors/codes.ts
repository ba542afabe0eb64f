import { keepHighest } from "./nearest";

/**
 * One bit a number of each vector: whether it is above the mean. 96 bytes of 768 numbers, so that all of them fit into memory; a
 * vector beside a code tells roughly how near they are, in some 100 ns.
 */
export type Codes = {
  /** Of the rows, in ascending order; `imageIds` and `codes` go with them. */
  ids: Uint32Array;
  imageIds: Uint32Array;
  /** `wordsOf(dimensions)` numbers of 32 bits each. */
  codes: Uint32Array;
  mean: Float32Array;
};

export const wordsOf = (dimensions: number) => Math.ceil(dimensions / 32);

/** Writes the code of the vector at `from` of `vectors` at `to` of `codes`. */
export function encode(vectors: Float32Array, from: number, mean: Float32Array, codes: Uint32Array, to: number): void {
  for (let at = 0; at < mean.length; at++) {
    const isAbove = (vectors[from + at] as number) > (mean[at] as number);
    if (isAbove) codes[to + (at >> 5)] = ((codes[to + (at >> 5)] as number) | (1 << (at & 31))) >>> 0;
  }
}

/** Reads a file's bytes: ids, images, codes, mean, in this order and with the lowest byte first. */
export function readCodes(bytes: Uint8Array, { count, dimensions }: { count: number; dimensions: number }): Codes {
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  const words = count * wordsOf(dimensions);
  const [ids, imageIds, codes] = [0, 4 * count, 8 * count] as const;
  return {
    ids: new Uint32Array(buffer, byteOffset + ids, count),
    imageIds: new Uint32Array(buffer, byteOffset + imageIds, count),
    codes: new Uint32Array(buffer, byteOffset + codes, words),
    mean: new Float32Array(buffer, byteOffset + codes + 4 * words, dimensions),
  };
}

/**
 * Finds codes by their images: the rows whose codes are the nearest to a vector's, among those of some images.
 * An image of several rows is found by its newest.
 */
export function searchCodes({ ids, imageIds, codes, mean }: Codes) {
  const words = wordsOf(mean.length);
  const last = imageIds.reduce((most, id) => Math.max(most, id), 0);
  /** Where the code of an image is, counted from 1; 0: it has none. Ids of images are numbered without large gaps. */
  const placeOf = new Uint32Array(last + 1);
  for (let at = 0; at < ids.length; at++) placeOf[imageIds[at] as number] = at + 1;

  const bytes = new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength);
  const bytesOfOne = 4 * words;

  return (vector: Float32Array, most: number) => {
    const sums = sumsOf(vector, bytesOfOne);
    const highest = keepHighest(most);
    return {
      offer(imageId: number) {
        const place = imageId <= last ? (placeOf[imageId] as number) : 0;
        if (place === 0) return;
        const from = (place - 1) * bytesOfOne;
        let score = 0;
        for (let at = 0; at < bytesOfOne; at++) score += sums[(at << 8) | (bytes[from + at] as number)] as number;
        highest.offer(ids[place - 1] as number, score);
      },
      kept: highest.kept,
    };
  };
}

/**
 * What each byte of a code adds to its score, for each place and each of its 256 values: the sum of the vector's own numbers where bits are
 * set. The vector is not made a code of bits itself, which would lose as much again.
 */
function sumsOf(vector: Float32Array, bytes: number): Float32Array {
  const sums = new Float32Array(bytes * 256);
  for (let at = 0; at < bytes; at++) {
    for (let value = 1; value < 256; value++) {
      const lowest = 31 - Math.clz32(value & -value);
      sums[(at << 8) | value] = (sums[(at << 8) | (value & (value - 1))] as number) + (vector[8 * at + lowest] ?? 0);
    }
  }
  return sums;
}
