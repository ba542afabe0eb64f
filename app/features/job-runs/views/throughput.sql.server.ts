import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

const BUCKETS = 60;

/** Items done within `width` ms from `at`, from the tallies of the chunks that ended then. */
export type ThroughputBucket = { at: Date; width: number; succeeded: number; failed: number; skipped: number };

/**
 * How many items a run did over time, in at most 60 equal steps from its start to its end (or now). Work shows when its
 * chunk ends. In SQLite's dialect.
 */
export async function readThroughput(
  { db, clock }: { db: Db; clock: Clock },
  run: { id: number; startedAt: Date | null; finishedAt: Date | null },
): Promise<ThroughputBucket[]> {
  if (!run.startedAt) return [];
  const start = run.startedAt.getTime();
  const end = (run.finishedAt ?? clock.now()).getTime();
  const width = Math.max(1_000, Math.ceil((end - start) / BUCKETS / 1_000) * 1_000);
  // Numbers are bound as reals, so the division has a remainder to cut off.
  const rows = await db.$queryRaw<{ step: bigint; succeeded: bigint; failed: bigint; skipped: bigint }[]>`
    SELECT CAST(("finishedAt" - ${start}) / ${width} AS INTEGER) AS "step", sum("succeeded") AS "succeeded", sum("failed") AS "failed",
           sum("skipped") AS "skipped"
      FROM "JobChunk" WHERE "runId" = ${run.id} AND "status" = 'finished' GROUP BY 1`;
  const byStep = new Map(rows.map((row) => [Number(row.step), row]));
  return Array.from({ length: Math.floor((end - start) / width) + 1 }, (_, step) => {
    const row = byStep.get(step);
    return {
      at: new Date(start + step * width),
      width,
      succeeded: Number(row?.succeeded ?? 0),
      failed: Number(row?.failed ?? 0),
      skipped: Number(row?.skipped ?? 0),
    };
  });
}
