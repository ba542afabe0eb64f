import { indexHashes } from "./hash-index";
import type { Hashes } from "./hashes";

/** After so many, whatever else the process does may have its turn. */
const PAUSE_EACH = 64;

/**
 * Groups of hashes that are alike, each as places in the list. The first one that is in no group yet begins one, of all that differ
 * from it in at most `distance` bits and are in none: each is near the first, so no chain of small steps joins what is unlike.
 * @returns a group, or null for a moment to pause at
 */
export function* groupAlike(hashes: Hashes, distance: number): Generator<number[] | null> {
  const findNear = indexHashes(hashes, distance);
  const isTaken = new Uint8Array(hashes.high.length);
  for (let first = 0; first < isTaken.length; first++) {
    if (first % PAUSE_EACH === PAUSE_EACH - 1) yield null;
    if (isTaken[first]) continue;
    const group: number[] = [];
    findNear(first, (other) => {
      if (isTaken[other]) return;
      isTaken[other] = 1;
      group.push(other);
    });
    // The band's order is not the list's; the first is the least, for those before it are taken.
    if (group.length > 1) yield group.sort((a, b) => a - b);
  }
}
