import { raiseReferenceAlerts } from "~/features/attribute-groups/alerts/raise-reference-alerts.server";
import { recordFindings, type SeenFindings } from "~/features/attribute-groups/findings/record-findings.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import type { AuditSnapshot } from "./audit-snapshot.server";
import { closeRemovedRoots } from "./close-removed-roots.server";
import type { Comparison } from "./compare-with-last.server";
import { stageSnapshot } from "./stage-snapshot.server";

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
 * Stores an audit, with the alerts that it raises. Thousands of groups and findings take thousands of rows, so they are written
 * in pieces: a finding with its alert, and the groups of a snapshot that no one sees yet. An audit that ends in between is done
 * again and finds them. What it returns belongs into the transaction of the item's outcome: from then on there is a whole
 * snapshot. A bucket that looks exactly as in the last snapshot only refreshes that one's "as of". A finding is no part of a
 * snapshot: it stays one row over many.
 * @param hold the lease, as the first statement of each piece
 */
export async function writeAudit(
  db: Db,
  audit: Audit,
  hold: (tx: Tx) => Promise<unknown>,
): Promise<(tx: Tx) => Promise<void>> {
  const { root, comparison, asOf } = audit;
  const { id, isNew } = await stageSnapshot(db, audit, hold);
  await recordFindings(db, { root, snapshotId: id, findings: audit.findings, at: asOf }, hold);
  const { references, changes } = comparison ?? { references: [], changes: { renamed: [] } };
  if (changes.renamed.length > 0 || references.length > 0) {
    await raiseReferenceAlerts(db, { root, at: asOf, references, renamed: changes.renamed }, hold);
  }
  return async (tx) => {
    await tx.groupSnapshot.update({ where: { id }, data: isNew ? { root } : { asOf } });
    await closeRemovedRoots(tx, { roots: audit.roots, at: asOf });
  };
}
