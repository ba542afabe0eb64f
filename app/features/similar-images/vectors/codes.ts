import { keepHighest } from "./nearest";

/**
 * One bit a number of each vector: whether it is above the mean. 96 bytes of 768 numbers, so that all of them fit into memory; how
 * many bits two codes share tells roughly how near their vectors are, in some 50 ns.
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

/** What a file of so many codes takes, in bytes. */
export const bytesOfCodes = (count: number, dimensions: number) => 4 * (count * (2 + wordsOf(dimensions)) + dimensions);

/** Writes the code of the vector at `from` of `vectors` at `to` of `codes`. */
export function encode(vectors: Float32Array, from: number, mean: Float32Array, codes: Uint32Array, to: number): void {
  for (let at = 0; at < mean.length; at++) {
    const isAbove = (vectors[from + at] as number) > (mean[at] as number);
    if (isAbove) codes[to + (at >> 5)] = ((codes[to + (at >> 5)] as number) | (1 << (at & 31))) >>> 0;
  }
}

/** Reads a file's bytes, as `partsOf` orders them. */
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

/** In the order in which a file holds them. */
export const partsOf = ({ ids, imageIds, codes, mean }: Codes) => [ids, imageIds, codes, mean] as const;

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

  /** The same bits as numbers that the processor has whole: of unsigned ones half would be fractions to V8. */
  const signed = new Int32Array(codes.buffer, codes.byteOffset, codes.length);

  return (vector: Float32Array, most: number) => {
    const asked = new Uint32Array(words);
    encode(vector, 0, mean, asked, 0);
    const own = new Int32Array(asked.buffer);
    const highest = keepHighest(most);
    return {
      offer(imageId: number) {
        const place = imageId <= last ? (placeOf[imageId] as number) : 0;
        if (place === 0) return;
        let differing = 0;
        for (let word = 0, at = (place - 1) * words; word < words; word++, at++) {
          differing += bitsOf((own[word] as number) ^ (signed[at] as number));
        }
        highest.offer(ids[place - 1] as number, -differing);
      },
      kept: highest.kept,
    };
  };
}

/** How many bits of a number are set. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
