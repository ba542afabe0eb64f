import { count } from "~/features/format";
import type { Tx } from "~/ports/db.server";
import { pauseItself } from "./pause-itself.server";

/**
 * So many items that failed the same way, with none that succeeded, pause their run: enough that chance is no explanation,
 * few enough that little is lost. A plan of fewer items than this ends by itself, and its failures can be retried.
 */
export const ALIKE_AT_FIRST = 20;
/** Whoever resumes such a run wants it to go on: each further pause takes so many times as many failures. */
const ALIKE_GROWS_BY = 10;

type FailedClass = { errorClass: string; failed: bigint; error: string; firstSeq: number };

/**
 * Pauses a run in which nothing has succeeded and so many items failed the same way since it began, or was resumed.
 * Skipped items count as neither. From the rows, so that it is the same however many workers share the run. In SQLite's
 * dialect, for a transaction that has written already.
 * @returns whether the run is to be let go of: it is paused now, or was paused or cancelled before
 */
export async function pauseIfAlike(tx: Tx, runId: number, now: Date): Promise<boolean> {
  const run = await tx.jobRun.findUniqueOrThrow({
    where: { id: runId },
    select: { status: true, alikeFrom: true, alikeLimit: true },
  });
  if (run.status !== "pending" && run.status !== "running") return true;
  const limit = run.alikeLimit ?? ALIKE_AT_FIRST;
  const classes = await tx.$queryRaw<FailedClass[]>`
    SELECT "errorClass", count(*) AS "failed", min("seq") AS "firstSeq", "error" FROM "JobItem"
     WHERE "runId" = ${runId} AND "outcome" = 'failed' AND "finishedAt" >= ${run.alikeFrom?.getTime() ?? 0}
       AND NOT EXISTS (SELECT 1 FROM "JobChunk" WHERE "runId" = ${runId} AND "succeeded" > 0)
     GROUP BY "errorClass" ORDER BY "failed" DESC`;
  const [most] = classes;
  if (!most || most.failed < limit) return false;
  const { _sum } = await tx.jobChunk.aggregate({ where: { runId }, _sum: { skipped: true } });
  const reason = words({
    alike: Number(most.failed),
    failed: classes.reduce((sum, { failed }) => sum + Number(failed), 0),
    hasSkipped: (_sum.skipped ?? 0) > 0,
    isResumed: run.alikeFrom !== null,
    errorClass: most.errorClass,
    sample: most.error,
  });
  await pauseItself(tx, runId, { reason, now, nextAlikeLimit: limit * ALIKE_GROWS_BY });
  return true;
}

type Alike = {
  alike: number;
  failed: number;
  hasSkipped: boolean;
  isResumed: boolean;
  errorClass: string;
  sample: string;
};

/** “The first 20 items all failed the same way (s3-denied): Access to … was refused. Resume the run to go on, or cancel it.” */
function words({ alike, failed, hasSkipped, isResumed, errorClass, sample }: Alike): string {
  const since = isResumed ? " since it was resumed" : hasSkipped ? " that were tried" : "";
  const first = `first ${count(failed)} items${since}`;
  const lead = alike === failed ? `The ${first} all failed` : `${count(alike)} of the ${first} failed`;
  const end = /[.!?…”]$/.test(sample) ? "" : ".";
  return `${lead} the same way (${errorClass}): ${sample}${end} Resume the run to go on, or cancel it.`;
}
