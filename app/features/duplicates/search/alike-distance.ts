/**
 * Pictures look alike that differ in at most so many of the 64 bits of their hashes, and whose colors differ by at most so many steps of
 * 256. Measured: docs/decisions/059-near-duplicates.md.
 */
export const ALIKE_DISTANCE = 10;
export const ALIKE_COLORS = 8;
