/**
 * What a clock that was ahead has left behind, in SQLite's dialect. Leases and parks are told by the clock that people set,
 * for several processes go by them; each has a longest length, so that one that reaches beyond it is known to be wrong.
 */

import type { Tx } from "~/ports/db.server";

/** Shortens leases of chunks that end later than `latest` (epoch ms): whoever still has one keeps it by its next heartbeat. */
export async function setBackLeases(tx: Tx, latest: number): Promise<void> {
  await tx.$executeRaw`UPDATE "JobChunk" SET "leaseUntil" = ${latest} WHERE "leaseUntil" > ${latest}`;
}

/** The same for plannings. */
export async function setBackPlannings(tx: Tx, latest: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE "JobRun" SET "leaseUntil" = ${latest} WHERE "status" = 'planning' AND "leaseUntil" > ${latest}`;
}

/** Ends the waiting of a chunk's parked items. */
export async function takeUpParked(
  tx: Tx,
  { runId, seq, firstSeq, lastSeq }: { runId: number; seq: number; firstSeq: number; lastSeq: number },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "JobItem" SET "parkedUntil" = NULL
     WHERE "runId" = ${runId} AND "seq" BETWEEN ${firstSeq} AND ${lastSeq} AND +"outcome" IS NULL`;
  await tx.$executeRaw`
    UPDATE "JobChunk" SET "parked" = 0, "dueAt" = 0, "parkedAt" = NULL WHERE "runId" = ${runId} AND "seq" = ${seq}`;
}
