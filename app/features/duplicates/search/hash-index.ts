import { bitsBetween, type Hashes } from "./hashes";

const BANDS = 4;
const BAND_BITS = 16;
const VALUES = 1 << BAND_BITS;
/** Below so many it is quicker to compare each with each. */
const FEW = 512;

/**
 * Finds hashes that differ from one in few bits without comparing it with all: where four bands of 16 bits differ in 10 bits at most, the
 * first three do not each differ in 3 and the last in 2, so only hashes that have a band as near as that are looked at (Norouzi, Punjani,
 * Fleet, “Fast Search in Hamming Space with Multi-Index Hashing”, 2012). Each band has the hashes beside each other in its own order, for
 * to fetch them from all over the memory takes ten times as long: 48 bytes a hash.
 */
export function indexHashes(hashes: Hashes, distance: number): (at: number, visit: (other: number) => void) => void {
  const { high, low } = hashes;
  if (high.length < FEW) {
    return (at, visit) => {
      for (let other = 0; other < high.length; other++) {
        if (
          bitsBetween(high[at] as number, low[at] as number, high[other] as number, low[other] as number) <= distance
        ) {
          visit(other);
        }
      }
    };
  }
  const bands = radii(distance).map((radius, band) => ({ ...sortByBand(hashes, band), masks: masksOf(radius) }));
  return (at, visit) => {
    const [ownHigh, ownLow] = [high[at] as number, low[at] as number];
    for (const { bandOf, starts, places, highs, lows, masks } of bands) {
      const own = bandOf(at);
      for (const mask of masks) {
        const value = own ^ mask;
        const end = starts[value + 1] as number;
        for (let place = starts[value] as number; place < end; place++) {
          if (bitsBetween(ownHigh, ownLow, highs[place] as number, lows[place] as number) <= distance) {
            visit(places[place] as number);
          }
        }
      }
    }
  };
}

/** In how many bits each band may differ so that none within the distance is missed; -1: it need not be looked at. */
const radii = (distance: number) =>
  Array.from({ length: BANDS }, (_, band) => Math.floor((distance - (BANDS - 1) + (BANDS - 1 - band)) / BANDS));

/** The hashes in the order of one band; `starts` says where those of each value begin, `places` where they stand in the list. */
function sortByBand({ high, low }: Hashes, band: number) {
  const half = band < 2 ? high : low;
  const shift = band % 2 === 0 ? BAND_BITS : 0;
  const bandOf = (at: number) => ((half[at] as number) >>> shift) & (VALUES - 1);
  const starts = new Uint32Array(VALUES + 1);
  for (let at = 0; at < half.length; at++) starts[bandOf(at) + 1] = (starts[bandOf(at) + 1] as number) + 1;
  for (let value = 0; value < VALUES; value++) {
    starts[value + 1] = (starts[value + 1] as number) + (starts[value] as number);
  }
  const next = starts.slice();
  const [places, highs, lows] = [0, 1, 2].map(() => new Uint32Array(half.length)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  for (let at = 0; at < half.length; at++) {
    const value = bandOf(at);
    const place = next[value] as number;
    places[place] = at;
    highs[place] = high[at] as number;
    lows[place] = low[at] as number;
    next[value] = place + 1;
  }
  return { bandOf, starts, places, highs, lows };
}

/** All numbers of one band's width with at most so many bits set. */
function masksOf(most: number): number[] {
  if (most < 0) return [];
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
