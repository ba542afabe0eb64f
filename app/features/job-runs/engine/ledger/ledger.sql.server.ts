/**
 * The ledger of a run, in SQLite's dialect: outcomes with the tallies that count them.
 * Every write is on condition of the fencing token and starts its transaction, so a late worker changes nothing.
 */

import { type Failure, pauseIfAlike } from "~/features/job-runs/pausing/pause-if-alike.server";
import { type Pause, pauseItself } from "~/features/job-runs/pausing/pause-itself.server";
import type { Db, Tx } from "~/ports/db.server";
import { rowsFrom } from "~/ports/sql.server";
import type { ClaimedChunk } from "./claim.sql.server";
import { LeaseLost } from "./lease-lost";
import { type LeftOpenEntry, leaveOpen, tallyParked } from "./left-open.sql.server";

/** One item's outcome as the ledger keeps it. */
export type LedgerEntry = {
  seq: number;
  outcome: "succeeded" | "failed" | "skipped";
  attempts: number;
  after: string | null;
  reason: string | null;
  errorClass: string | null;
  error: string | null;
};

const entryColumns = {
  seq: "integer",
  outcome: "text",
  attempts: "integer",
  after: "text",
  reason: "text",
  errorClass: "text",
  error: "text",
} as const;

/**
 * Records outcomes of a chunk's items and adds them to its tallies, in one transaction; the last one finishes the
 * chunk, and the last chunk the run. Items that stay open are kept with why; the run pauses when one of them, or the
 * failures so far, say so.
 * @param input.pause why the run cannot go on for now
 * @param input.within what the outcomes bring with them: rows of the same transaction
 * @param input.whenRunEnds what the run leaves to be done, in the transaction that ends it
 * @returns whether the run is to be let go of
 * @throws LeaseLost when the token is no longer the chunk's
 */
export async function recordOutcomes(
  db: Db,
  chunk: ClaimedChunk,
  input: {
    entries: LedgerEntry[];
    leftOpen: LeftOpenEntry[];
    pause: Pause | null;
    now: Date;
    within: (tx: Tx) => Promise<void>;
    whenRunEnds: (tx: Tx) => Promise<unknown>;
  },
): Promise<boolean> {
  const now = input.now.getTime();
  const count = (outcome: LedgerEntry["outcome"]) => input.entries.filter((entry) => entry.outcome === outcome).length;
  const [succeeded, failed, skipped] = [count("succeeded"), count("failed"), count("skipped")];
  return db.$write(async (tx) => {
    const rows = await tx.$queryRaw<{ status: string; parked: number }[]>`
      UPDATE "JobChunk"
         SET "succeeded" = "succeeded" + ${succeeded}, "failed" = "failed" + ${failed}, "skipped" = "skipped" + ${skipped},
             ("status", "finishedAt", "leaseUntil") = (
               SELECT CASE WHEN ended THEN 'finished' ELSE 'open' END, CASE WHEN ended THEN ${now} END,
                      CASE WHEN NOT ended THEN "leaseUntil" END
                 FROM (SELECT "succeeded" + "failed" + "skipped" + ${input.entries.length} = "lastSeq" - "firstSeq" + 1 AS ended))
       WHERE "runId" = ${chunk.runId} AND "seq" = ${chunk.seq} AND "token" = ${chunk.token} AND "status" = 'open'
      RETURNING "status", "parked"`;
    const [held] = rows;
    if (!held) throw new LeaseLost(`Chunk ${chunk.seq} of run ${chunk.runId} was taken over`);
    // Materialised, and "outcome" kept from the index by its "+": each entry then finds its item by the primary key.
    const recorded = await tx.$executeRaw`
      WITH entry AS MATERIALIZED (SELECT * FROM ${rowsFrom(input.entries, entryColumns)})
      UPDATE "JobItem"
         SET "outcome" = entry."outcome", "attempts" = "JobItem"."attempts" + entry."attempts", "after" = entry."after",
             "parkedUntil" = NULL, "reason" = entry."reason", "errorClass" = entry."errorClass", "error" = entry."error", "finishedAt" = ${now}
        FROM entry
       WHERE "JobItem"."runId" = ${chunk.runId} AND "JobItem"."seq" = entry."seq" AND +"JobItem"."outcome" IS NULL`;
    if (recorded !== input.entries.length) {
      throw new Error(
        `Run ${chunk.runId} chunk ${chunk.seq}: ${input.entries.length} outcomes for ${recorded} open items`,
      );
    }
    if (input.leftOpen.length > 0) await leaveOpen(tx, chunk, input.leftOpen, now);
    if (input.leftOpen.length > 0 || held.parked > 0) await tallyParked(tx, chunk);
    await input.within(tx);
    if (held.status === "finished" && (await finishRun(tx, chunk.runId, now))) {
      await input.whenRunEnds(tx);
      return false;
    }
    if (input.pause !== null) {
      await pauseItself(tx, chunk.runId, { ...input.pause, now: input.now });
      return true;
    }
    return pauseIfAlike(tx, chunk.runId, { succeeded, failures: input.entries.flatMap(toFailure), now: input.now });
  });
}

const toFailure = ({ outcome, errorClass, error }: LedgerEntry): Failure[] =>
  outcome === "failed" ? [{ errorClass: errorClass ?? "internal", error: error ?? "" }] : [];

/**
 * Notes that an item is begun alone, before it is.
 * @throws LeaseLost when the token is no longer the chunk's
 */
export async function noteBegun(db: Db, chunk: ClaimedChunk, seq: number): Promise<void> {
  const noted = await db.$executeRaw`
    UPDATE "JobItem" SET "begun" = "begun" + 1
     WHERE "runId" = ${chunk.runId} AND "seq" = ${seq}
       AND EXISTS (SELECT 1 FROM "JobChunk" c
                    WHERE c."runId" = ${chunk.runId} AND c."seq" = ${chunk.seq} AND c."token" = ${chunk.token})`;
  if (noted !== 1) throw new LeaseLost(`Chunk ${chunk.seq} of run ${chunk.runId} was taken over`);
}

/** Ends a run that cannot go on; what is done stays done. */
export async function failRun(
  db: Db,
  chunk: ClaimedChunk,
  failure: { errorClass: string; error: string; now: Date },
): Promise<void> {
  await db.$executeRaw`
    UPDATE "JobRun"
       SET "status" = 'failed', "errorClass" = ${failure.errorClass}, "error" = ${failure.error},
           "finishedAt" = ${failure.now.getTime()}
     WHERE "id" = ${chunk.runId} AND "status" IN ('pending', 'running')
       AND EXISTS (SELECT 1 FROM "JobChunk" c
                    WHERE c."runId" = ${chunk.runId} AND c."seq" = ${chunk.seq} AND c."token" = ${chunk.token})`;
}

/** A run whose last chunk is finished has succeeded; failed items stay visible in its counts. */
export async function finishRun(tx: Tx, runId: number, now: number): Promise<boolean> {
  const ended = await tx.$executeRaw`
    UPDATE "JobRun" SET "status" = 'succeeded', "finishedAt" = ${now}, "pauseReason" = NULL
     WHERE "id" = ${runId} AND "status" IN ('pending', 'running', 'paused')
       AND NOT EXISTS (SELECT 1 FROM "JobChunk" WHERE "runId" = ${runId} AND "status" = 'open')`;
  return ended === 1;
}
