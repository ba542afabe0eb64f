/**
 * Pictures that look alike differ in at most so many of the 64 bits of their hashes. Measured: docs/decisions/059-near-duplicates.md.
 */
export const ALIKE_DISTANCE = 8;
