import type { Tx } from "~/ports/db.server";
import { rowsFrom } from "~/ports/sql.server";
import type { ClaimedChunk } from "./claim.sql.server";

/** An item that stays open: parked until a time, or (null) free for whoever takes its chunk next. */
export type LeftOpenEntry = { seq: number; parkedUntil: number | null; reason: string | null };

/** Keeps why items stay open, as of `now` (epoch ms). They did not end their worker, so that they were begun alone counts no more. */
export async function leaveOpen(tx: Tx, chunk: ClaimedChunk, entries: LeftOpenEntry[], now: number): Promise<void> {
  await tx.$executeRaw`
    WITH entry AS MATERIALIZED (
      SELECT * FROM ${rowsFrom(entries, { seq: "integer", parkedUntil: "integer", reason: "text" })})
    UPDATE "JobItem" SET "parkedUntil" = entry."parkedUntil", "reason" = entry."reason", "begun" = 0
      FROM entry
     WHERE "JobItem"."runId" = ${chunk.runId} AND "JobItem"."seq" = entry."seq" AND +"JobItem"."outcome" IS NULL`;
  if (entries.every(({ parkedUntil }) => parkedUntil === null)) return;
  // The latest of them: one that was parked by a clock ahead is not forgotten over one that was parked since.
  await tx.$executeRaw`
    UPDATE "JobChunk" SET "parkedAt" = CASE WHEN "parkedAt" > ${now} THEN "parkedAt" ELSE ${now} END
     WHERE "runId" = ${chunk.runId} AND "seq" = ${chunk.seq}`;
}

/** Counts a chunk's parked items and, when every open item of it is parked, sets when the first of them is due. */
export async function tallyParked(tx: Tx, { runId, seq, firstSeq, lastSeq }: ClaimedChunk): Promise<void> {
  await tx.$executeRaw`
    UPDATE "JobChunk" SET ("parked", "dueAt") = (
      SELECT count("parkedUntil"),
             CASE WHEN count("parkedUntil") = count(*) THEN coalesce(min("parkedUntil"), 0) ELSE 0 END
        FROM "JobItem" WHERE "runId" = ${runId} AND "seq" BETWEEN ${firstSeq} AND ${lastSeq} AND +"outcome" IS NULL)
     WHERE "runId" = ${runId} AND "seq" = ${seq}`;
}
