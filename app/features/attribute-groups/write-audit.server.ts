import type { Tx } from "~/ports/db.server";
import { hasSameGroups, insertGroups, recordFindings, toGroupRow } from "./audit-groups.sql.server";
import type { AuditedRoot } from "./audit-listing";
import type { NewFinding } from "./group-findings";
import type { AttributeRoot } from "./label-schema";
import { type ObjectListing, toListing } from "./object-listing.server";

export type Audit = {
  root: AttributeRoot;
  runId: number;
  audited: AuditedRoot;
  findings: NewFinding[];
  /** When the listing began: what S3 said at that time or later. */
  asOf: Date;
};

/** What the audit's groups and its strays hold, to be kept before the audit that names it. */
export function listingsOf({ root, audited }: Pick<Audit, "root" | "audited">): ObjectListing[] {
  return [
    toListing(root.prefix, audited.strays),
    ...audited.groups.map(({ prefix, objects }) => toListing(prefix, objects)),
  ];
}

/**
 * Stores an audit within one transaction, so that there never is half a snapshot. A bucket that looks exactly as in the
 * last snapshot only refreshes that one's "as of". A finding is no part of a snapshot: it stays one row over many.
 */
export async function writeAudit(tx: Tx, audit: Audit): Promise<void> {
  const { root, audited, asOf } = audit;
  const rows = audited.groups.map(toGroupRow);
  const straysHash = toListing(root.prefix, audited.strays).hash;
  const snapshot = {
    root: root.name,
    prefix: root.prefix,
    objects: countObjects(audited),
    images: countImages(audited),
    straysHash,
  };
  const last = await tx.groupSnapshot.findFirst({ where: { root: root.name }, orderBy: { id: "desc" } });
  const isSame =
    last !== null &&
    last.prefix === snapshot.prefix &&
    last.straysHash === straysHash &&
    (await hasSameGroups(tx, last.id, rows));
  const { id: snapshotId } = isSame
    ? await tx.groupSnapshot.update({ where: { id: last.id }, data: { asOf } })
    : await tx.groupSnapshot.create({ data: { ...snapshot, jobRunId: audit.runId, takenAt: asOf, asOf } });
  if (!isSame) await insertGroups(tx, snapshotId, rows);
  await recordFindings(tx, { root: root.name, snapshotId, findings: audit.findings, at: asOf });
}

/** Everything below the root but folder markers. */
export function countObjects({ groups, strays }: AuditedRoot): number {
  return groups.reduce((sum, group) => sum + group.objects.length, strays.length);
}

/** Pictures that lie in a group. */
export function countImages({ groups }: AuditedRoot): number {
  return groups.reduce((sum, group) => sum + group.images.length, 0);
}
