import { inHand } from "~/features/job-runs/status";
import type { Db } from "~/ports/db.server";

/** Whether a worker has a run of this kind in its hands, or is about to. */
export async function isInHand(db: Db, kind: string): Promise<boolean> {
  return (await db.jobRun.count({ where: { kind, status: { in: [...inHand] } } })) > 0;
}
