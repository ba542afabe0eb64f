/** A model's vectors of so many numbers. Only vectors of one space can be compared. */
export type Space = { model: string; dimensions: number };

/** How far a kept vector's length may be from 1: float32 and a model's own rounding are well below. */
const LENGTH_WITHIN = 0.01;

/**
 * The vector of a row: float32 numbers, the lowest byte first.
 * @returns null where it is no vector of this space: of another length, with a number that is none, or not of length 1
 */
export function readVector(bytes: Uint8Array, dimensions: number): Float32Array | null {
  if (bytes.length !== dimensions * 4) return null;
  const isAligned = bytes.byteOffset % 4 === 0;
  const { buffer, byteOffset } = isAligned ? bytes : Uint8Array.from(bytes);
  const vector = new Float32Array(buffer, byteOffset, dimensions);
  const length = Math.sqrt(similarityOf(vector, vector));
  return Math.abs(length - 1) <= LENGTH_WITHIN ? vector : null;
}

/** The same direction with length 1; null for a vector that has none (zeros, or a number that is none). */
export function toUnit(vector: Float32Array): Float32Array | null {
  const length = Math.sqrt(similarityOf(vector, vector));
  return length > 0 && Number.isFinite(length) ? vector.map((value) => value / length) : null;
}

/** The cosine of two vectors of length 1: 1 where they are the same, 0 where they have nothing in common. */
export function similarityOf(a: Float32Array, b: Float32Array): number {
  return similarityAt(a, b, 0);
}

/** The same with the vector that begins at `from` of many. Four sums, so that none waits for the one before it. */
export function similarityAt(a: Float32Array, many: Float32Array, from: number): number {
  const end = a.length - (a.length % 4);
  let [one, two, three, four] = [0, 0, 0, 0];
  for (let at = 0; at < end; at += 4) {
    one += (a[at] as number) * (many[from + at] as number);
    two += (a[at + 1] as number) * (many[from + at + 1] as number);
    three += (a[at + 2] as number) * (many[from + at + 2] as number);
    four += (a[at + 3] as number) * (many[from + at + 3] as number);
  }
  for (let at = end; at < a.length; at++) one += (a[at] as number) * (many[from + at] as number);
  return one + two + three + four;
}
