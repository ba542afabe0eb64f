import type { z } from "zod";
import { newestOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import { addCounts, type ChangeCounts } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { auditCounts } from "./audit-groups";

type Counts = z.infer<typeof auditCounts>;

export type AuditReport = {
  /** The snapshot that the run made or confirmed; null when no root could be listed, the newest of several roots. */
  snapshotId: number | null;
  groups: number;
  objects: number;
  images: number;
  findings: number;
  /** Against the snapshots before, as far as there were any; null: there was none. */
  changes: ChangeCounts | null;
  roots: ({ root: string; snapshotId: number } & Counts)[];
};

/** What an audit run found: by root, and summed over the roots that were listed to the end. */
export async function sumAuditRun({ db }: { db: Db }, runId: number): Promise<AuditReport> {
  const items = await db.jobItem.findMany({ where: { runId, outcome: "succeeded" }, orderBy: { seq: "asc" } });
  const roots: AuditReport["roots"] = [];
  for (const { subject: root, after } of items) {
    const snapshot = await db.groupSnapshot.findFirst({
      ...newestOf(root),
      select: { id: true },
    });
    if (snapshot) roots.push({ root, snapshotId: snapshot.id, ...jsonColumn(auditCounts).parse(after) });
  }
  const sum = (count: Exclude<keyof Counts, "changes">) => roots.reduce((total, root) => total + root[count], 0);
  return {
    snapshotId: roots.length > 0 ? Math.max(...roots.map((root) => root.snapshotId)) : null,
    groups: sum("groups"),
    objects: sum("objects"),
    images: sum("images"),
    findings: sum("findings"),
    changes: roots.reduce<ChangeCounts | null>((total, root) => addCounts(total, root.changes), null),
    roots,
  };
}
