import type { ObjectRow } from "./index-schema";
import type { ObjectIndex } from "./object-index";

export type Position = { key: string; isInclusive: boolean };

type Listing = { objects: ObjectRow[]; prefixes: string[]; next: Position | null };

const MAX_ROWS = 1_000;

/**
 * One page of a bucket in key order. Behind a common prefix the listing goes on at the first key after it, so that its
 * cost grows with what it shows, not with what it folds.
 */
export function listObjects(
  index: ObjectIndex,
  bucket: string,
  { prefix, delimiter, from, maxKeys }: { prefix: string; delimiter: string; from: Position | null; maxKeys: number },
): Listing {
  const listing: Listing = { objects: [], prefixes: [], next: null };
  let position: Position = { key: prefix, isInclusive: true };
  if (from && Buffer.compare(Buffer.from(from.key), Buffer.from(prefix)) >= 0) position = from;
  let limit = delimiter === "" ? MAX_ROWS : 2;
  for (;;) {
    const rows = index.rows(bucket, position.key, position.isInclusive, limit);
    let hasFolded = false;
    for (const row of rows) {
      if (!row.key.startsWith(prefix) || maxKeys === 0) return listing;
      if (listing.objects.length + listing.prefixes.length === maxKeys) return { ...listing, next: position };
      const cut = delimiter === "" ? -1 : row.key.indexOf(delimiter, prefix.length);
      if (cut === -1) {
        listing.objects.push(row);
        position = { key: row.key, isInclusive: false };
        continue;
      }
      const common = row.key.slice(0, cut + delimiter.length);
      listing.prefixes.push(common);
      const behind = firstKeyBehind(common);
      if (behind === null) return listing;
      position = { key: behind, isInclusive: true };
      limit = 2;
      hasFolded = true;
      break;
    }
    if (hasFolded) continue;
    if (rows.length < limit) return listing;
    limit = Math.min(limit * 2, MAX_ROWS);
  }
}

/** The least string greater than every string with this prefix; null when there is none. */
export function firstKeyBehind(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // Surrogates are no characters of their own.
    return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return null;
}
