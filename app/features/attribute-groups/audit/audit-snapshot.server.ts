import type { AuditedGroup, AuditedRoot } from "~/features/attribute-groups/findings/audit-listing";
import type { ListingEntry, SnapshotSide } from "~/features/attribute-groups/snapshots/diff-snapshots";
import { type ObjectListing, toListing } from "~/features/attribute-groups/snapshots/object-listing.server";
import type { AttributeRoot } from "~/features/label-schema/label-schema";

/** The columns of "Group" that a listing tells. */
export type GroupRow = {
  prefix: string;
  name: string;
  attributes: string | null;
  problem: string | null;
  objects: number;
  images: number;
  bytes: number;
  newestAt: number | null;
  referenceKey: string | null;
  referenceEtag: string | null;
  listingHash: string;
};

/** An audited root as it is stored and compared. */
export type AuditSnapshot = {
  /** Everything below the root but folder markers. */
  objects: number;
  /** Pictures that lie in a group. */
  images: number;
  side: SnapshotSide;
  rows: GroupRow[];
  /** What the root itself and its groups hold, by hash. */
  listings: Map<string, ObjectListing & { entries: ListingEntry[] }>;
};

export function toSnapshot(root: AttributeRoot, { groups, strays }: AuditedRoot): AuditSnapshot {
  const straysListing = toListing(root.prefix, strays);
  const listings = new Map([[straysListing.hash, straysListing]]);
  const rows: GroupRow[] = [];
  const side: SnapshotSide = { prefix: root.prefix, straysHash: straysListing.hash, groups: [] };
  for (const group of groups) {
    const { prefix, name, objects, images, reference } = group;
    const listing = toListing(prefix, objects);
    listings.set(listing.hash, listing);
    rows.push(toGroupRow(group, listing.hash));
    side.groups.push({
      prefix,
      name,
      images: images.length,
      objects: objects.length,
      reference: reference && { key: reference.key, etag: reference.etag },
      listingHash: listing.hash,
    });
  }
  return {
    objects: groups.reduce((sum, group) => sum + group.objects.length, strays.length),
    images: groups.reduce((sum, group) => sum + group.images.length, 0),
    side,
    rows,
    listings,
  };
}

function toGroupRow(
  { prefix, name, reading, objects, images, reference }: AuditedGroup,
  listingHash: string,
): GroupRow {
  return {
    prefix,
    name,
    attributes: reading.attributes && JSON.stringify(reading.attributes),
    problem: reading.attributes ? null : reading.problem,
    objects: objects.length,
    images: images.length,
    bytes: objects.reduce((sum, object) => sum + object.bytes, 0),
    newestAt: objects.reduce<number | null>(
      (newest, { modifiedAt }) => Math.max(newest ?? 0, modifiedAt.getTime()),
      null,
    ),
    referenceKey: reference?.key ?? null,
    referenceEtag: reference?.etag ?? null,
    listingHash,
  };
}
