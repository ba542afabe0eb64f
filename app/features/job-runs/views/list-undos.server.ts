import { givenUp } from "~/features/job-runs/allowed";
import { isFinished, type RunStatus, toRunStatus } from "~/features/job-runs/status";
import type { Db } from "~/ports/db.server";

export type UndoView = {
  id: number;
  status: RunStatus;
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
  return rows.map((row) => {
    const status = toRunStatus(row.status);
    return { ...row, status, isFinished: isFinished(status), stands: !givenUp.includes(status) };
  });
}
