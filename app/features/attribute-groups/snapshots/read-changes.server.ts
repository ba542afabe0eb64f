import { DomainError } from "~/features/domain-error";
import type { Db, Prisma } from "~/ports/db.server";
import { quote } from "~/quote";
import { diffSnapshots, listingsToCompare, type SnapshotSide } from "./diff-snapshots";
import { newestOf } from "./newest-snapshot";
import { readListings } from "./object-listing.server";
import type { SnapshotChanges, SnapshotRef } from "./snapshot-changes";

/** As many audits as a list offers to choose from. */
const SNAPSHOTS_AT_MOST = 200;

const withCount = { include: { _count: { select: { groups: true } } } } as const;

function toRef(snapshot: Prisma.GroupSnapshotGetPayload<typeof withCount>): SnapshotRef {
  const { id, takenAt, asOf, objects, images, _count } = snapshot;
  return { id, takenAt, asOf, groups: _count.groups, objects, images };
}

/** The newest 200 snapshots of a root, the newest first. Audits that found nothing changed made none. */
export async function listSnapshots({ db }: { db: Db }, { root }: { root: string }): Promise<SnapshotRef[]> {
  const snapshots = await db.groupSnapshot.findMany({
    ...newestOf(root),
    take: SNAPSHOTS_AT_MOST,
    ...withCount,
  });
  return snapshots.map(toRef);
}

/**
 * What differs between two snapshots of a root, from the older to the newer whichever is named first. Without `to` it is
 * the newest, without `from` the one before `to`; null when there is none.
 * @throws DomainError "not-found" for an id that is no snapshot of this root
 */
export async function readChanges(
  { db }: { db: Db },
  input: { root: string; from?: number; to?: number },
): Promise<{ from: SnapshotRef; to: SnapshotRef; changes: SnapshotChanges } | null> {
  const { root } = input;
  const findLast = (before?: number) => db.groupSnapshot.findFirst({ ...newestOf(root, { before }), ...withCount });
  const second = input.to === undefined ? await findLast() : await findSnapshot(db, root, input.to);
  if (!second) return null;
  const first = input.from === undefined ? await findLast(second.id) : await findSnapshot(db, root, input.from);
  if (!first) return null;
  const [from, to] = first.id <= second.id ? [first, second] : [second, first];
  return { from: toRef(from), to: toRef(to), changes: await compareSnapshots(db, from, to) };
}

async function findSnapshot(db: Db, root: string, id: number) {
  const snapshot = await db.groupSnapshot.findFirst({ where: { id, root }, ...withCount });
  if (snapshot) return snapshot;
  throw new DomainError(
    "not-found",
    `${quote(root)} has no audit ${id}, or it is no longer kept. Choose one from the list.`,
  );
}

type StoredSnapshot = { id: number; prefix: string; straysHash: string };

/** Reads only those listings that are not equal on both sides. */
async function compareSnapshots(db: Db, from: StoredSnapshot, to: StoredSnapshot): Promise<SnapshotChanges> {
  const [before, after] = await Promise.all([readSide(db, from), readSide(db, to)]);
  return diffSnapshots(before, after, await readListings(db, listingsToCompare(before, after)));
}

/** A stored snapshot as it is compared. */
export async function readSide(db: Db, { id, prefix, straysHash }: StoredSnapshot): Promise<SnapshotSide> {
  const groups = await db.group.findMany({
    where: { snapshotId: id },
    orderBy: { prefix: "asc" },
    select: {
      prefix: true,
      name: true,
      images: true,
      objects: true,
      listingHash: true,
      referenceKey: true,
      referenceEtag: true,
    },
  });
  return {
    prefix,
    straysHash,
    groups: groups.map(({ referenceKey, referenceEtag, ...group }) => ({
      ...group,
      reference: referenceKey && referenceEtag ? { key: referenceKey, etag: referenceEtag } : null,
    })),
  };
}
