import { findSymbol, type HuffmanCodes } from "./huffman-codes";
import { type ScanReader, takeIn } from "./scan-reader";

/** Each walk below is of one progressive scan (ITU T.81, G.2) and answers as `walkSequential`. */
type Walk = (reader: ScanReader, mcus: number) => number;

/** The first scan of DC coefficients: `blocks` has the codes of each block of an MCU. */
export function walkDcFirst(blocks: HuffmanCodes[]): Walk {
  return (reader, mcus) => {
    const { view } = reader;
    let { pos, end, safe } = reader;
    let mcu = 0;
    walk: for (; mcu < mcus; mcu++) {
      if (pos > safe) {
        reader.pos = pos;
        takeIn(reader);
        ({ pos, end, safe } = reader);
      }
      for (const codes of blocks) {
        const found = findSymbol(codes, (view.getInt32(pos >>> 3) << (pos & 7)) >>> 16);
        if (found === 0) break walk;
        pos += (found & 0xff) + (found >>> 8);
      }
      if (pos > end) break;
    }
    reader.pos = pos;
    return mcu;
  };
}

/** One more bit of each DC coefficient. */
export function walkDcRefinement(blocksInMcu: number): Walk {
  return (reader, mcus) => {
    let mcu = 0;
    for (; mcu < mcus; mcu++) {
      if (reader.pos > reader.safe) takeIn(reader);
      reader.pos += blocksInMcu;
      if (reader.pos > reader.end) break;
    }
    return mcu;
  };
}

/** Which coefficients of a component's blocks are known not to be zero: 64 bits a block, the low half first. */
export type History = Int32Array;
export const makeHistory = (blocks: number): History => new Int32Array(2 * blocks);

/**
 * The first scan of a band of AC coefficients. What it finds is kept in `history`, unless that is null because no
 * refinement follows. `restart` tells which block of the component comes next and ends a run of empty ones.
 */
export function walkAcFirst(codes: HuffmanCodes, band: { from: number; to: number }, history: History | null): Walk {
  let block = 0;
  return (reader, mcus) => {
    const { from, to } = band;
    const { view } = reader;
    let { pos, end, safe } = reader;
    /** How many blocks from here on have nothing in this band (EOBRUN). */
    let empty = 0;
    let mcu = 0;
    walk: for (; mcu < mcus; mcu++, block++) {
      if (empty > 0) {
        const skipped = Math.min(empty, mcus - mcu);
        empty -= skipped;
        mcu += skipped - 1;
        block += skipped - 1;
        continue;
      }
      if (pos > safe) {
        reader.pos = pos;
        takeIn(reader);
        ({ pos, end, safe } = reader);
      }
      for (let index = from; index <= to; index++) {
        const found = findSymbol(codes, (view.getInt32(pos >>> 3) << (pos & 7)) >>> 16);
        if (found === 0) break walk;
        const size = (found >>> 8) & 15;
        const run = found >>> 12;
        pos += found & 0xff;
        if (size > 0) {
          pos += size;
          index += run;
          if (index > to) break walk;
          if (history) markNonzero(history, block, index);
        } else if (run === 15) {
          index += 15;
        } else {
          empty = (1 << run) - 1 + peek(view, pos, run);
          pos += run;
          break;
        }
      }
      if (pos > end) break;
    }
    reader.pos = pos;
    return mcu;
  };
}

/** One more bit of each coefficient of a band, and the coefficients that become nonzero by it (T.81, G.1.2.3). */
export function walkAcRefinement(codes: HuffmanCodes, band: { from: number; to: number }, history: History): Walk {
  let block = 0;
  return (reader, mcus) => {
    const { from, to } = band;
    const { view } = reader;
    let { pos, end, safe } = reader;
    let empty = 0;
    let mcu = 0;
    walk: for (; mcu < mcus; mcu++, block++) {
      if (pos > safe) {
        reader.pos = pos;
        takeIn(reader);
        ({ pos, end, safe } = reader);
      }
      const low = history[2 * block] ?? 0;
      const high = history[2 * block + 1] ?? 0;
      let index = from;
      while (empty === 0 && index <= to) {
        const found = findSymbol(codes, (view.getInt32(pos >>> 3) << (pos & 7)) >>> 16);
        if (found === 0) break walk;
        const size = (found >>> 8) & 15;
        let zeros = found >>> 12;
        pos += found & 0xff;
        if (size === 0 && zeros < 15) {
          empty = (1 << zeros) + peek(view, pos, zeros);
          pos += zeros;
          break;
        }
        // Only the sign of a coefficient is told that becomes nonzero, for its value is 1.
        if (size > 1) break walk;
        pos += size;
        // As many zeros are passed; each nonzero one on the way has a bit of its own here.
        for (;;) {
          const nonzero = Math.min(nextNonzero(low, high, index), to + 1);
          if (index + zeros < nonzero || nonzero > to) {
            index += zeros;
            break;
          }
          zeros -= nonzero - index;
          index = nonzero + 1;
          pos++;
        }
        if (size === 1) {
          if (index > to) break walk;
          markNonzero(history, block, index);
        }
        index++;
      }
      if (empty > 0) {
        pos += countNonzero(low, high, index, to);
        empty--;
      }
      if (pos > end) break;
    }
    reader.pos = pos;
    return mcu;
  };
}

/** The next `bits` bits as a number; up to 14. */
const peek = (view: DataView, pos: number, bits: number) =>
  bits === 0 ? 0 : (view.getInt32(pos >>> 3) << (pos & 7)) >>> (32 - bits);

function markNonzero(history: History, block: number, index: number): void {
  const half = 2 * block + (index >>> 5);
  history[half] = (history[half] ?? 0) | (1 << (index & 31));
}

/** The first coefficient from `index` on that is not zero; 64 where all are. */
function nextNonzero(low: number, high: number, index: number): number {
  if (index < 32) {
    const rest = low >>> index;
    if (rest !== 0) return index + lowestOne(rest);
    return high === 0 ? 64 : 32 + lowestOne(high);
  }
  const rest = index > 63 ? 0 : high >>> index;
  return rest === 0 ? 64 : index + lowestOne(rest);
}

const lowestOne = (word: number) => 31 - Math.clz32(word & -word);

/** How many of a block's coefficients `from` to `to` are not zero, by the halves of its history. */
function countNonzero(lowHalf: number, highHalf: number, from: number, to: number): number {
  if (from > to || (lowHalf | highHalf) === 0) return 0;
  let low = lowHalf;
  let high = highHalf;
  if (from > 31) {
    low = 0;
    high &= -1 << (from & 31);
  } else low &= -1 << from;
  if (to > 31) high &= -1 >>> (63 - to);
  else {
    high = 0;
    low &= -1 >>> (31 - to);
  }
  return countOnes(low) + countOnes(high);
}

function countOnes(word: number): number {
  let ones = word - ((word >>> 1) & 0x55555555);
  ones = (ones & 0x33333333) + ((ones >>> 2) & 0x33333333);
  ones = (ones + (ones >>> 4)) & 0x0f0f0f0f;
  return Math.imul(ones, 0x01010101) >>> 24;
}
