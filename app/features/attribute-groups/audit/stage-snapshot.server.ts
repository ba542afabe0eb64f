import { newestOf, unfinishedOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import type { ObjectListing } from "~/features/attribute-groups/snapshots/object-listing.server";
import { writeListInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { insertGroups, insertListings } from "./audit-groups.sql.server";
import type { AuditSnapshot } from "./audit-snapshot.server";
import type { Comparison } from "./compare-with-last.server";

type Staged = { root: string; runId: number; snapshot: AuditSnapshot; comparison: Comparison | null; asOf: Date };

/**
 * The last snapshot where the bucket is the very same, else a new one that no one sees before it is given its root. One that an
 * audit left unfinished goes first.
 */
export async function stageSnapshot(
  db: Db,
  { root, runId, snapshot, comparison, asOf }: Staged,
  hold: (tx: Tx) => Promise<unknown>,
): Promise<{ id: number; isNew: boolean }> {
  // Another audit may have found something else since they were compared, and the older snapshot been thinned out.
  const newest = await db.groupSnapshot.findFirst({ ...newestOf(root), select: { id: true } });
  if (comparison?.isSame && comparison.last.id === newest?.id) return { id: newest.id, isNew: false };
  const { objects, images, side, rows, listings } = snapshot;
  const { prefix, straysHash } = side;
  const { id } = await db.$write(async (tx) => {
    await hold(tx);
    await tx.groupSnapshot.deleteMany({ where: { root: unfinishedOf(root) } });
    await keepListings(tx, listings, [straysHash]);
    const facts = { prefix, jobRunId: runId, objects, images, straysHash, takenAt: asOf, asOf };
    return tx.groupSnapshot.create({ data: { root: unfinishedOf(root), ...facts }, select: { id: true } });
  });
  const write = async (tx: Tx, some: AuditSnapshot["rows"]) => {
    await keepListings(
      tx,
      listings,
      some.map(({ listingHash }) => listingHash),
    );
    await insertGroups(tx, id, some);
    return some.length;
  };
  await writeListInPieces(db, rows, write, { hold });
  return { id, isNew: true };
}

/** They are all kept by now, but for one that no snapshot named and that was cleared away since. */
function keepListings(tx: Tx, listings: ReadonlyMap<string, ObjectListing>, hashes: string[]): Promise<void> {
  const some = new Map<string, ObjectListing>();
  for (const hash of hashes) {
    const listing = listings.get(hash);
    if (listing) some.set(hash, listing);
  }
  return insertListings(tx, some);
}
