import { firstKeyBehind } from "./list-objects";
import type { ObjectIndex } from "./object-index";
import type { VersionPosition, VersionRow } from "./version-index";

type ListedVersion = VersionRow & { isLatest: boolean };

export type VersionListing = {
  versions: ListedVersion[];
  prefixes: string[];
  /** The last that was shown, if more follow: a version, or a common prefix (without an id). */
  next: { key: string; versionId?: string } | null;
};

const MAX_ROWS = 1_000;

/** One page of all versions and delete markers, by key and then the newest first. */
export function listVersions(
  index: Pick<ObjectIndex, "versions">,
  bucket: string,
  options: { prefix: string; delimiter: string; from: VersionPosition | null; maxKeys: number },
): VersionListing {
  const { prefix, delimiter, from, maxKeys } = options;
  const listing: VersionListing = { versions: [], prefixes: [], next: null };
  let position: VersionPosition = { key: prefix, age: -Infinity };
  if (from && Buffer.compare(Buffer.from(from.key), Buffer.from(prefix)) >= 0) position = from;
  let shown: VersionListing["next"] = null;
  // The first version that is seen of a key is its latest, unless the page began within the key.
  let lastKey = from && Number.isFinite(from.age) ? from.key : null;
  let limit = delimiter === "" ? MAX_ROWS : 2;
  while (maxKeys > 0) {
    const rows = index.versions.after(bucket, position, limit);
    let hasFolded = false;
    for (const row of rows) {
      if (!row.key.startsWith(prefix)) return listing;
      if (listing.versions.length + listing.prefixes.length === maxKeys) return { ...listing, next: shown };
      const cut = delimiter === "" ? -1 : row.key.indexOf(delimiter, prefix.length);
      if (cut === -1) {
        listing.versions.push({ ...row, isLatest: row.key !== lastKey });
        position = { key: row.key, age: row.age };
        shown = { key: row.key, versionId: row.versionId };
        lastKey = row.key;
        continue;
      }
      const common = row.key.slice(0, cut + delimiter.length);
      listing.prefixes.push(common);
      shown = { key: common };
      const behind = firstKeyBehind(common);
      if (behind === null) return listing;
      position = { key: behind, age: -Infinity };
      limit = 2;
      hasFolded = true;
      break;
    }
    if (hasFolded) continue;
    if (rows.length < limit) return listing;
    limit = Math.min(limit * 2, MAX_ROWS);
  }
  return listing;
}
