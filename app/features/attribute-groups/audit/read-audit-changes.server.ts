import type { ChangeCounts } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { auditCounts } from "./audit-groups";

/** What the run that took a snapshot found changed, while its items are kept (90 days). */
export async function readAuditChanges(
  db: Db,
  { root, jobRunId }: { root: string; jobRunId: number | null },
): Promise<ChangeCounts | null> {
  if (jobRunId === null) return null;
  const item = await db.jobItem.findFirst({
    where: { runId: jobRunId, subject: root, outcome: "succeeded" },
    select: { after: true },
  });
  return item?.after ? jsonColumn(auditCounts).parse(item.after).changes : null;
}
