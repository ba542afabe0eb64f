import { inHand } from "~/features/job-runs/status";
import type { Db } from "~/ports/db.server";
import { backfillThumbnails } from "./backfill-thumbnails";

/** Whether a worker makes thumbnails, or is about to. */
export async function isBackfillInHand(db: Db): Promise<boolean> {
  return (await db.jobRun.count({ where: { kind: backfillThumbnails.kind, status: { in: [...inHand] } } })) > 0;
}
