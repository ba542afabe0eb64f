import { indexHashes } from "./hash-index";
import type { Hashes } from "./hashes";

/** After so many, whatever else the process does may have its turn. */
const PAUSE_EACH = 64;

/**
 * Groups of hashes that are alike, as places in the list. The first one that is in no group yet may begin one, of those that differ from
 * it in at most `distance` bits and are in none: each is near the first, so no chain of small steps joins what is unlike.
 * @returns the first with those near to it, and is told in return which of these are of its group; null for a moment to pause at
 */
export function* groupAlike(
  hashes: Hashes,
  distance: number,
): Generator<{ first: number; near: number[] } | null, void, readonly number[] | undefined> {
  const findNear = indexHashes(hashes, distance);
  const isTaken = new Uint8Array(hashes.high.length);
  for (let first = 0; first < isTaken.length; first++) {
    if (first % PAUSE_EACH === PAUSE_EACH - 1) yield null;
    if (isTaken[first]) continue;
    // Those before it were asked about it in their turn.
    const near = new Set<number>();
    findNear(first, (other) => {
      if (other > first && !isTaken[other]) near.add(other);
    });
    if (near.size === 0) continue;
    const group = yield { first, near: [...near].sort((a, b) => a - b) };
    for (const other of group ?? []) isTaken[other] = 1;
  }
}
