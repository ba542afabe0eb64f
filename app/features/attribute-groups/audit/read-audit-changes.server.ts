import { z } from "zod";
import type { ChangeCounts } from "~/features/attribute-groups/snapshots/snapshot-changes";
import type { Db } from "~/ports/db.server";

/** What an audit's item tells once it is done. */
export const auditCounts = z.object({
  groups: z.number(),
  objects: z.number(),
  images: z.number(),
  findings: z.number(),
  /** Against the snapshot before; null: there was none. Audits of older versions did not compare. */
  changes: z
    .object({
      added: z.number(),
      removed: z.number(),
      renamed: z.number(),
      references: z.number(),
      moved: z.number(),
      objectsAdded: z.number(),
      objectsRemoved: z.number(),
      objectsReplaced: z.number(),
    } satisfies Record<keyof ChangeCounts, z.ZodNumber>)
    .nullable()
    .default(null),
});

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
  return item?.after ? auditCounts.parse(JSON.parse(item.after)).changes : null;
}
