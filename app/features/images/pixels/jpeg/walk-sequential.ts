import { ENDS_BLOCK, findSymbol, type HuffmanCodes, PEEKED_BITS } from "./huffman-codes";
import { type ScanReader, takeIn } from "./scan-reader";

/** What one block of an MCU is read by: `steps` as of `makeSteps`, and the codes for what those cannot tell. */
export type BlockCodes = { steps: Int32Array; dc: HuffmanCodes; ac: HuffmanCodes };

const UNPEEKED = 32 - PEEKED_BITS;
const AFTER_DC = 1 << PEEKED_BITS;
/** A window of 32 bits, from a whole byte on, has 25 left in the worst case: after so many a lookup still finds enough. */
const SPARE = 25 - PEEKED_BITS;

/** With its last coefficient told, or by the symbol for its end while coefficients were left. */
const endsBlock = (index: number) => index === 64 || index >>> 6 === ENDS_BLOCK >>> 6;

/**
 * Walks over MCUs of a sequential scan (ITU T.81, F.2.2), counting bits and coefficients and looking at no value. Returns
 * how many are whole: fewer than `mcus` where the data ends before, or where it holds what no encoder writes: a code that
 * is in no table, or a coefficient past the 64th.
 */
export function walkSequential(reader: ScanReader, blocks: BlockCodes[], mcus: number): number {
  const { view } = reader;
  let { pos, end, safe } = reader;
  // The bits from `pos` on, twice: `window` is what the one before left over, so that no lookup waits for `ahead` to be read.
  let ahead = view.getInt32(pos >>> 3) << (pos & 7);
  let window = ahead;
  let mcu = 0;
  walk: for (; mcu < mcus; mcu++) {
    if (pos > safe) {
      reader.pos = pos;
      takeIn(reader);
      ({ pos, end, safe } = reader);
      ahead = view.getInt32(pos >>> 3) << (pos & 7);
      window = ahead;
    }
    for (const { steps, dc, ac } of blocks) {
      let step = steps[window >>> UNPEEKED] ?? 0;
      let index = step >>> 8;
      if (index > 63 && !endsBlock(index)) {
        const found = findSymbol(dc, ahead >>> 16);
        if (found === 0) break walk;
        step = (found & 0xff) + (found >>> 8);
        index = 1;
      }
      let bits = step & 0xff;
      window = ahead << bits;
      pos += bits;
      ahead = view.getInt32(pos >>> 3) << (pos & 7);
      if (bits > SPARE) window = ahead;
      while (index < 64) {
        step = steps[AFTER_DC | (window >>> UNPEEKED)] ?? 0;
        let next = index + (step >>> 8);
        if (next > 63 && !endsBlock(next)) {
          // The lookup tells nothing, or goes beyond this block: one symbol at a time.
          const found = findSymbol(ac, ahead >>> 16);
          if (found === 0) break walk;
          const size = (found >>> 8) & 15;
          const run = found >>> 12;
          step = (found & 0xff) + size;
          next = size === 0 && run < 15 ? ENDS_BLOCK : index + run + 1;
          // Zeros past the end are harmless, a value there is not.
          if (next > 64 && next < ENDS_BLOCK && size > 0) break walk;
        }
        bits = step & 0xff;
        window = ahead << bits;
        pos += bits;
        ahead = view.getInt32(pos >>> 3) << (pos & 7);
        if (bits > SPARE) window = ahead;
        index = next;
      }
    }
    if (pos > end) break;
  }
  reader.pos = pos;
  return mcu;
}
