import { raiseFindingAlerts } from "~/features/attribute-groups/alerts/raise-finding-alerts.sql.server";
import { raiseReferenceAlerts } from "~/features/attribute-groups/alerts/raise-reference-alerts.server";
import { recordFindings, type SeenFindings } from "~/features/attribute-groups/findings/record-findings.sql.server";
import { newestOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import type { Tx } from "~/ports/db.server";
import { insertGroups, insertListings } from "./audit-groups.sql.server";
import type { AuditSnapshot } from "./audit-snapshot.server";
import { closeRemovedRoots } from "./close-removed-roots.server";
import type { Comparison } from "./compare-with-last.server";

export type Audit = {
  root: string;
  /** Every root of the schema, by name. */
  roots: string[];
  runId: number;
  snapshot: AuditSnapshot;
  /** Null: the root has no snapshot yet. */
  comparison: Comparison | null;
  findings: SeenFindings;
  /** When the listing began: what S3 said at that time or later. */
  asOf: Date;
};

/**
 * Stores an audit, with the alerts that it raises, within one transaction, so that there never is half a snapshot. Its
 * listings are kept already. A bucket that looks exactly as in the last snapshot only refreshes that one's "as of". A
 * finding is no part of a snapshot: it stays one row over many.
 */
export async function writeAudit(tx: Tx, audit: Audit): Promise<void> {
  const { root, comparison, asOf } = audit;
  const snapshotId = await writeSnapshot(tx, audit);
  await closeRemovedRoots(tx, { roots: audit.roots, at: asOf });
  await recordFindings(tx, { root, snapshotId, findings: audit.findings, at: asOf });
  await raiseFindingAlerts(tx, { root, at: asOf });
  if (!comparison) return;
  const { references, changes } = comparison;
  if (changes.renamed.length === 0 && references.length === 0) return;
  await raiseReferenceAlerts(tx, { root, at: asOf, references, renamed: changes.renamed });
}

async function writeSnapshot(tx: Tx, { root, runId, snapshot, comparison, asOf }: Audit): Promise<number> {
  // Another audit may have found something else since they were compared, and the older snapshot been thinned out.
  const newest = await tx.groupSnapshot.findFirst({ ...newestOf(root), select: { id: true } });
  if (comparison?.isSame && comparison.last.id === newest?.id) {
    await tx.groupSnapshot.update({ where: { id: newest.id }, data: { asOf } });
    return newest.id;
  }
  const { objects, images, side, rows } = snapshot;
  // They are all kept by now, but for one that no snapshot named and that was cleared away since.
  await insertListings(tx, snapshot.listings);
  const { id } = await tx.groupSnapshot.create({
    data: {
      root,
      prefix: side.prefix,
      jobRunId: runId,
      objects,
      images,
      straysHash: side.straysHash,
      takenAt: asOf,
      asOf,
    },
  });
  await insertGroups(tx, id, rows);
  return id;
}
