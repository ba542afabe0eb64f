import { givenUp } from "~/features/job-runs/commands/undo-run.server";
import { isFinished } from "~/features/job-runs/status";
import type { Db } from "~/ports/db.server";

export type UndoView = {
  id: number;
  status: string;
  actorName: string;
  createdAt: Date;
  isFinished: boolean;
  /** False for one that was given up, after which another may begin. */
  stands: boolean;
};

/** The runs that put this one back or were to do so, oldest first. */
export async function listUndos({ db }: { db: Db }, runId: number): Promise<UndoView[]> {
  const rows = await db.jobRun.findMany({
    where: { undoOfId: runId },
    select: { id: true, status: true, actorName: true, createdAt: true },
    orderBy: { id: "asc" },
  });
  return rows.map((row) => ({
    ...row,
    isFinished: isFinished(row.status),
    stands: !givenUp.includes(row.status),
  }));
}
