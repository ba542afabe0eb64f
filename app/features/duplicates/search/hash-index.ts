import { distanceBetween, type Hashes } from "./hashes";

const BANDS = 4;
const BAND_BITS = 16;
const VALUES = 1 << BAND_BITS;
/** Below so many it is quicker to compare each with each. */
const FEW = 512;

/**
 * Finds hashes that differ from one in few bits without comparing it with all: of four bands of 16 bits at least one then
 * differs in a quarter of them at the most, so only hashes that have that band, or one so near to it, are looked at
 * (Norouzi, Punjani, Fleet, “Fast Search in Hamming Space with Multi-Index Hashing”, 2012). 16 bytes a hash.
 */
export function indexHashes(hashes: Hashes, distance: number): (at: number, visit: (other: number) => void) => void {
  const { length } = hashes.high;
  if (length < FEW) {
    return (at, visit) => {
      for (let other = 0; other < length; other++) if (distanceBetween(hashes, at, other) <= distance) visit(other);
    };
  }
  const bands = Array.from({ length: BANDS }, (_, band) => sortByBand(hashes, band));
  const masks = masksOf(Math.floor(distance / BANDS));
  return (at, visit) => {
    for (const { bandOf, starts, sorted } of bands) {
      const own = bandOf(at);
      for (const mask of masks) {
        const value = own ^ mask;
        const end = starts[value + 1] as number;
        for (let place = starts[value] as number; place < end; place++) {
          const other = sorted[place] as number;
          if (distanceBetween(hashes, at, other) <= distance) visit(other);
        }
      }
    }
  };
}

/** The hashes in the order of one band; `starts` says where those of each value begin. */
function sortByBand({ high, low }: Hashes, band: number) {
  const half = band < 2 ? high : low;
  const shift = band % 2 === 0 ? BAND_BITS : 0;
  const bandOf = (at: number) => ((half[at] as number) >>> shift) & (VALUES - 1);
  const starts = new Uint32Array(VALUES + 1);
  for (let at = 0; at < half.length; at++) starts[bandOf(at) + 1] = (starts[bandOf(at) + 1] as number) + 1;
  for (let value = 0; value < VALUES; value++)
    starts[value + 1] = (starts[value + 1] as number) + (starts[value] as number);
  const next = starts.slice();
  const sorted = new Uint32Array(half.length);
  for (let at = 0; at < half.length; at++) {
    const value = bandOf(at);
    const place = next[value] as number;
    sorted[place] = at;
    next[value] = place + 1;
  }
  return { bandOf, starts, sorted };
}

/** All numbers of one band's width with at most so many bits set. */
function masksOf(most: number): number[] {
  const masks = [0];
  for (let bits = 0, from = 0; bits < most; bits++) {
    const last = masks.length;
    for (let at = from; at < last; at++) {
      const mask = masks[at] as number;
      for (let bit = 32 - Math.clz32(mask); bit < BAND_BITS; bit++) masks.push(mask | (1 << bit));
    }
    from = last;
  }
  return masks;
}
