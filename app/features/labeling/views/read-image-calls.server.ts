import type { Db } from "~/ports/db.server";

/** Label runs that are looked through, the newest: each by an index. */
const RUNS = 200;

/** What the newest label runs asked a model about an image, and what came of it; the newest first. */
export async function readImageCalls(
  db: Db,
  imageId: number,
): Promise<{ at: Date; runId: number; outcome: string; reason: string | null }[]> {
  const runs = await db.labelRun.findMany({
    orderBy: { id: "desc" },
    take: RUNS,
    select: { id: true, jobRunId: true },
  });
  const calls = await db.modelCall.findMany({
    where: { imageId, labelRunId: { in: runs.map(({ id }) => id) }, finishedAt: { not: null } },
    orderBy: { id: "desc" },
  });
  const jobRunOf = new Map(runs.map(({ id, jobRunId }) => [id, jobRunId]));
  return calls.map(({ labelRunId, outcome, reason, finishedAt, createdAt }) => ({
    at: finishedAt ?? createdAt,
    runId: jobRunOf.get(labelRunId ?? 0) ?? 0,
    outcome,
    reason,
  }));
}
