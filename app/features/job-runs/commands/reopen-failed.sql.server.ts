import type { Tx } from "~/ports/db.server";

/** So few that no write holds the lock for more than 200 ms: some 50 ms. */
const ITEMS_AT_ONCE = 5_000;

type Chunk = { seq: number; firstSeq: number; lastSeq: number; outcome: string | null };

/**
 * Gives the items of a chunk that spoke for them outcomes of their own: once some of them are open again, it cannot.
 * @returns how many
 */
async function writeOwnOutcomes(tx: Tx, runId: number, { seq, firstSeq, lastSeq, outcome }: Chunk): Promise<number> {
  return tx.$executeRaw`
    UPDATE "JobItem" SET "outcome" = ${outcome}, "after" = "target", "attempts" = "attempts" + 1,
           "finishedAt" = (SELECT c."finishedAt" FROM "JobChunk" c WHERE c."runId" = ${runId} AND c."seq" = ${seq})
     WHERE "runId" = ${runId} AND "seq" BETWEEN ${firstSeq} AND ${lastSeq} AND +"outcome" IS NULL`;
}

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
  const chunks = await tx.$queryRaw<Chunk[]>`
    SELECT c."seq", c."firstSeq", c."lastSeq", c."outcome"
      FROM (SELECT "seq" FROM "JobItem"
             WHERE "runId" = ${runId} AND "outcome" = 'failed' AND (${oneClass} IS NULL OR "errorClass" = ${oneClass})
             LIMIT ${ITEMS_AT_ONCE}) i
      JOIN "JobChunk" c ON c."runId" = ${runId} AND i."seq" BETWEEN c."firstSeq" AND c."lastSeq"
     GROUP BY c."seq"`;
  let reopened = 0;
  let written = 0;
  for (const chunk of chunks) {
    if (written >= ITEMS_AT_ONCE) break;
    if (chunk.outcome !== null) written += await writeOwnOutcomes(tx, runId, chunk);
    const count = await tx.$executeRaw`
      UPDATE "JobItem" SET "outcome" = NULL, "errorClass" = NULL, "error" = NULL, "finishedAt" = NULL, "begun" = 0
       WHERE "runId" = ${runId} AND "seq" BETWEEN ${chunk.firstSeq} AND ${chunk.lastSeq} AND "outcome" = 'failed'
         AND (${oneClass} IS NULL OR "errorClass" = ${oneClass})`;
    await tx.$executeRaw`
      UPDATE "JobChunk" SET "failed" = "failed" - ${count}, "status" = 'open', "finishedAt" = NULL, "deaths" = 0, "dueAt" = 0,
             "outcome" = NULL
       WHERE "runId" = ${runId} AND "seq" = ${chunk.seq}`;
    reopened += count;
  }
  if (reopened > 0) {
    await tx.$executeRaw`
      UPDATE "JobRun" SET "status" = 'pending', "finishedAt" = NULL WHERE "id" = ${runId} AND "status" = 'succeeded'`;
  }
  return reopened;
}
