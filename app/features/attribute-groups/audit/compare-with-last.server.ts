import { findConsoleMade } from "~/features/attribute-groups/alerts/find-console-made.sql.server";
import {
  diffSnapshots,
  type ListingEntry,
  listingsToCompare,
} from "~/features/attribute-groups/snapshots/diff-snapshots";
import { newestOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import { readListings } from "~/features/attribute-groups/snapshots/object-listing.server";
import { readSide } from "~/features/attribute-groups/snapshots/read-changes.server";
import type { SeenReferenceChange, SnapshotChanges } from "~/features/attribute-groups/snapshots/snapshot-changes";
import type { Db } from "~/ports/db.server";
import { hasSameGroups } from "./audit-groups.sql.server";
import type { AuditSnapshot } from "./audit-snapshot.server";

/** How an audit's snapshot stands to the last one that is stored. */
export type Comparison = {
  last: { id: number };
  changes: SnapshotChanges;
  references: SeenReferenceChange[];
  /** True when it is the very same, what the folders' names are read as included. */
  isSame: boolean;
};

/** Null when the root has no snapshot yet. */
export async function compareWithLast(db: Db, root: string, snapshot: AuditSnapshot): Promise<Comparison | null> {
  const last = await db.groupSnapshot.findFirst(newestOf(root));
  if (!last) return null;
  const { side, rows, listings } = snapshot;
  const isSame =
    last.prefix === side.prefix && last.straysHash === side.straysHash && (await hasSameGroups(db, last.id, rows));
  const before = await readSide(db, last);
  const needed = listingsToCompare(before, side);
  const known = new Map<string, ListingEntry[]>();
  for (const hash of needed) {
    const entries = listings.get(hash)?.entries;
    if (entries) known.set(hash, entries);
  }
  const stored = await readListings(
    db,
    needed.filter((hash) => !known.has(hash)),
  );
  const changes = diffSnapshots(before, side, new Map([...known, ...stored]));
  return { last, changes, references: await judgeReferences(db, snapshot, changes, last.asOf), isSame };
}

async function judgeReferences(
  db: Db,
  { side, listings }: AuditSnapshot,
  { references }: SnapshotChanges,
  since: Date,
): Promise<SeenReferenceChange[]> {
  const hashes = new Map(side.groups.map((group) => [group.prefix, group.listingHash]));
  const liesIn = (prefix: string, etag: string) =>
    listings.get(hashes.get(prefix) ?? "")?.entries.some((entry) => entry[1] === etag) ?? false;
  const compared = references.map((change) => ({
    ...change,
    isStillThere: change.after === null && change.before !== null && liesIn(change.prefix, change.before.etag),
  }));
  const consoleMade = await findConsoleMade(db, compared, since);
  return references.map((change) => ({ ...change, isConsoleMade: consoleMade.has(change.prefix) }));
}
