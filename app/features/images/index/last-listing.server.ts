import type { Db } from "~/ports/db.server";
import { type IndexCounts, indexImages } from "./index-images";
import { sumIndexRun } from "./index-images.server";

/** A listing of the whole bucket that went to its end. */
export type LastListing = IndexCounts & {
  runId: number;
  /** Epoch milliseconds. */
  endedAt: number;
  /** Ranges that could not be listed. */
  failed: number;
};

/** The last one; null: there was none. */
export async function readLastListing(db: Db): Promise<LastListing | null> {
  const payload = JSON.stringify({ prefix: "" });
  const run = await db.jobRun.findFirst({
    where: { kind: indexImages.kind, payload, status: "succeeded" },
    orderBy: { id: "desc" },
    select: { id: true, finishedAt: true },
  });
  if (!run?.finishedAt) return null;
  const [counts, chunks] = await Promise.all([
    sumIndexRun({ db }, run.id),
    db.jobChunk.aggregate({ where: { runId: run.id }, _sum: { failed: true } }),
  ]);
  return { runId: run.id, endedAt: run.finishedAt.getTime(), failed: chunks._sum.failed ?? 0, ...counts };
}
