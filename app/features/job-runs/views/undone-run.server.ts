import type { Db } from "~/ports/db.server";

/** Whether a run puts back what another one did. */
export const isUndo = async (db: Db, runId: number): Promise<boolean> => (await findUndone(db, runId)) !== null;

/** Which run an undo takes back. */
export async function readUndone(db: Db, runId: number): Promise<number> {
  const undone = await findUndone(db, runId);
  if (undone === null) throw new Error(`Run ${runId} undoes nothing.`);
  return undone;
}

async function findUndone(db: Db, runId: number): Promise<number | null> {
  const { undoOfId } = await db.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { undoOfId: true } });
  return undoOfId;
}
