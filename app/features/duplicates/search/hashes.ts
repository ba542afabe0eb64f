/** 64-bit hashes side by side: the high and the low half of each. */
export type Hashes = { high: Uint32Array; low: Uint32Array };

/** @param texts 16 hex digits each */
export const readHashes = (texts: readonly string[]): Hashes => ({
  high: Uint32Array.from(texts, (text) => Number.parseInt(text.slice(0, 8), 16)),
  low: Uint32Array.from(texts, (text) => Number.parseInt(text.slice(8), 16)),
});

/** In how many bits two of them differ. */
export const distanceBetween = ({ high, low }: Hashes, a: number, b: number): number =>
  bitsBetween(high[a] as number, low[a] as number, high[b] as number, low[b] as number);

/** The same of two hashes by their halves. */
export const bitsBetween = (highA: number, lowA: number, highB: number, lowB: number): number =>
  bitsOf(highA ^ highB) + bitsOf(lowA ^ lowB);

/** How many bits of 32 are set (Warren, “Hacker's Delight”, figure 5-2). */
function bitsOf(number: number): number {
  let n = number - ((number >>> 1) & 0x5555_5555);
  n = (n & 0x3333_3333) + ((n >>> 2) & 0x3333_3333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
