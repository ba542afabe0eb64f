/**
 * The ledger of a set-based run, in SQLite's dialect: rows change, the outcome of a piece and its tallies are written in one
 * transaction, on condition of the fencing token.
 */

import { z } from "zod";
import type { ItemRange } from "~/features/job-runs/kinds/handler";
import { pauseIfAlike } from "~/features/job-runs/pausing/pause-if-alike.server";
import type { Db, Tx } from "~/ports/db.server";
import { type ClaimedChunk, LEASE_MS } from "./claim.sql.server";
import { LeaseLost } from "./lease-lost";
import { finishRun } from "./ledger.sql.server";

/**
 * Does up to `size` items at the front of what is left of a chunk. They become a finished chunk of their own, the rest stays
 * open in this worker's hands. A chunk whose failed items are tried again is done whole: it was such a piece.
 * @param input.work does the open items of the piece, and gives an outcome to those that do not succeed
 * @returns the last item done, how long the piece was worked on with the lock held in ms, and whether the run is to be let go of
 * @throws LeaseLost when the token is no longer the chunk's
 */
export async function recordPiece(
  db: Db,
  chunk: ClaimedChunk,
  input: {
    size: number;
    now: Date;
    work: (tx: Tx, range: ItemRange) => Promise<void>;
    whenRunEnds: (tx: Tx) => Promise<unknown>;
  },
): Promise<{ lastSeq: number; ms: number; mustLetGo: boolean }> {
  const now = input.now.getTime();
  const { runId, seq } = chunk;
  return db.$write(async (tx) => {
    const [held] = await tx.$queryRaw<{ done: number }[]>`
      UPDATE "JobChunk" SET "leaseUntil" = ${now + LEASE_MS}
       WHERE "runId" = ${runId} AND "seq" = ${seq} AND "token" = ${chunk.token} AND "status" = 'open'
      RETURNING "succeeded" + "failed" + "skipped" AS "done"`;
    const startedAt = performance.now();
    if (!held) throw new LeaseLost(`Chunk ${seq} of run ${runId} was taken over`);
    const lastSeq = held.done > 0 ? chunk.lastSeq : Math.min(chunk.firstSeq + input.size - 1, chunk.lastSeq);
    const range = { runId, firstSeq: chunk.firstSeq, lastSeq };
    await input.work(tx, range);
    const { failed, skipped } = await closeExceptions(tx, range, now);
    const succeeded = lastSeq - range.firstSeq + 1 - failed - skipped;
    if (lastSeq === chunk.lastSeq) {
      await tx.$executeRaw`
        UPDATE "JobChunk" SET "firstSeq" = ${range.firstSeq}, "succeeded" = ${succeeded}, "failed" = ${failed},
               "skipped" = ${skipped}, "outcome" = 'succeeded', "status" = 'finished', "finishedAt" = ${now}, "leaseUntil" = NULL
         WHERE "runId" = ${runId} AND "seq" = ${seq}`;
      if (await finishRun(tx, runId, now)) {
        await input.whenRunEnds(tx);
        return { lastSeq, ms: performance.now() - startedAt, mustLetGo: false };
      }
    } else {
      await tx.$executeRaw`
        INSERT INTO "JobChunk" ("runId", "seq", "firstSeq", "lastSeq", "status", "outcome", "worker", "token", "deaths",
                                "succeeded", "failed", "skipped", "startedAt", "finishedAt")
        SELECT "runId", ${lastSeq}, ${range.firstSeq}, ${lastSeq}, 'finished', 'succeeded', "worker", "token", "deaths",
               ${succeeded}, ${failed}, ${skipped}, "startedAt", ${now}
          FROM "JobChunk" WHERE "runId" = ${runId} AND "seq" = ${seq}`;
      await tx.$executeRaw`
        UPDATE "JobChunk" SET "firstSeq" = ${lastSeq + 1} WHERE "runId" = ${runId} AND "seq" = ${seq}`;
    }
    const failures = failed > 0 ? await readFailures(tx, range) : [];
    const mustLetGo = await pauseIfAlike(tx, runId, { succeeded, failures, now: input.now });
    return { lastSeq, ms: performance.now() - startedAt, mustLetGo };
  });
}

const counted = z.array(z.object({ outcome: z.string(), items: z.coerce.number() }));

/** Counts the items of a range that have an outcome of their own, and dates those that got it now. */
async function closeExceptions(tx: Tx, { runId, firstSeq, lastSeq }: ItemRange, now: number) {
  // The "+" keeps the index on outcomes out of it: it would be read from its start to this range.
  const found = await tx.$queryRaw`
    SELECT "outcome", count(*) AS "items" FROM "JobItem"
     WHERE "runId" = ${runId} AND "seq" BETWEEN ${firstSeq} AND ${lastSeq} AND +"outcome" IN ('failed', 'skipped')
     GROUP BY "outcome"`;
  const items = new Map(counted.parse(found).map((row) => [row.outcome, row.items]));
  if (items.size > 0) {
    await tx.$executeRaw`
      UPDATE "JobItem" SET "attempts" = "attempts" + 1, "finishedAt" = ${now}
       WHERE "runId" = ${runId} AND "seq" BETWEEN ${firstSeq} AND ${lastSeq} AND +"outcome" IN ('failed', 'skipped')
         AND "finishedAt" IS NULL`;
  }
  return { failed: items.get("failed") ?? 0, skipped: items.get("skipped") ?? 0 };
}

async function readFailures(tx: Tx, { runId, firstSeq, lastSeq }: ItemRange) {
  const rows = await tx.jobItem.findMany({
    where: { runId, seq: { gte: firstSeq, lte: lastSeq }, outcome: "failed" },
    select: { errorClass: true, error: true },
  });
  return rows.map(({ errorClass, error }) => ({ errorClass: errorClass ?? "internal", error: error ?? "" }));
}
