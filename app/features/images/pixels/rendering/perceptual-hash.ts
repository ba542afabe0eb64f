/** The side of the grey square that a hash is made from, in px. */
export const HASHED_SIDE = 32;
const LOW = 8;
/** Standard deviation, in steps of 256, below which a picture is plain. */
const PLAIN = 2;

/** cos((2x + 1) · u · π / 64) for the eight lowest frequencies u: DCT-II's, without its scale. */
const cosines = Array.from({ length: LOW }, (_, u) =>
  Float64Array.from({ length: HASHED_SIDE }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * HASHED_SIDE))),
);

/**
 * What a picture looks like, in 64 bits as 16 hex digits: pictures that look alike differ in few of them (up to some 10), others in about 32.
 * A bit tells whether one of the 64 lowest frequencies of the square's cosine transform is above their median
 * (pHash: Zauner, “Implementation and Benchmarking of Perceptual Image Hash Functions”, 2010). The first, the mean brightness, counts as
 * one of them.
 * @param grey 32 × 32 samples of 8 bit, row by row
 * @returns "" for a picture that is too plain: what little varies in it would be noise, of which any may be like any
 */
export function perceptualHash(grey: Uint8Array): string {
  if (deviation(grey) < PLAIN) return "";
  const rows = cosines.map((cosine) =>
    Float64Array.from({ length: HASHED_SIDE }, (_, y) =>
      cosine.reduce((sum, factor, x) => sum + factor * (grey[y * HASHED_SIDE + x] ?? 0), 0),
    ),
  );
  const frequencies = cosines.flatMap((cosine) =>
    rows.map((row) => cosine.reduce((sum, factor, y) => sum + factor * (row[y] ?? 0), 0)),
  );
  const sorted = [...frequencies].sort((a, b) => a - b);
  const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2;
  const bits = frequencies.reduce((hash, frequency) => (hash << 1n) | (frequency > median ? 1n : 0n), 0n);
  return bits.toString(16).padStart(16, "0");
}

function deviation(samples: Uint8Array): number {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return Math.sqrt(samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0) / samples.length);
}
