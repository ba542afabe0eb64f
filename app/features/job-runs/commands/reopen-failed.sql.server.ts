import type { Tx } from "~/ports/db.server";

/** No write blocks others for more than 50 ms. */
const ITEMS_AT_ONCE = 5_000;

/**
 * Reopens failed items of a few chunks, takes them out of the tallies that counted them, and brings a finished run back
 * to "pending". In SQLite's dialect.
 * @returns how many items; 0 when none is left
 */
export async function reopenFailed(
  tx: Tx,
  { runId, errorClass }: { runId: number; errorClass: string | undefined },
): Promise<number> {
  const oneClass = errorClass ?? null;
  await tx.$executeRaw`UPDATE "JobRun" SET "token" = "token" WHERE "id" = ${runId}`;
  const chunks = await tx.$queryRaw<{ seq: number; firstSeq: number; lastSeq: number; failed: bigint }[]>`
    SELECT c."seq", c."firstSeq", c."lastSeq", count(*) AS "failed"
      FROM (SELECT "seq" FROM "JobItem"
             WHERE "runId" = ${runId} AND "outcome" = 'failed' AND (${oneClass} IS NULL OR "errorClass" = ${oneClass})
             LIMIT ${ITEMS_AT_ONCE}) i
      JOIN "JobChunk" c ON c."runId" = ${runId} AND i."seq" BETWEEN c."firstSeq" AND c."lastSeq"
     GROUP BY c."seq"`;
  let reopened = 0;
  for (const chunk of chunks) {
    const count = await tx.$executeRaw`
      UPDATE "JobItem" SET "outcome" = NULL, "errorClass" = NULL, "error" = NULL, "finishedAt" = NULL, "begun" = 0
       WHERE "runId" = ${runId} AND "seq" BETWEEN ${chunk.firstSeq} AND ${chunk.lastSeq} AND "outcome" = 'failed'
         AND (${oneClass} IS NULL OR "errorClass" = ${oneClass})`;
    await tx.$executeRaw`
      UPDATE "JobChunk" SET "failed" = "failed" - ${count}, "status" = 'open', "finishedAt" = NULL, "deaths" = 0, "dueAt" = 0
       WHERE "runId" = ${runId} AND "seq" = ${chunk.seq}`;
    reopened += count;
  }
  if (reopened > 0) {
    await tx.$executeRaw`
      UPDATE "JobRun" SET "status" = 'pending', "finishedAt" = NULL WHERE "id" = ${runId} AND "status" = 'succeeded'`;
  }
  return reopened;
}
