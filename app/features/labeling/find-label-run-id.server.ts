import type { Db } from "~/ports/db.server";

/** The label run that a job run carries out; null for a job run of another kind. */
export async function findLabelRunId({ db }: { db: Db }, jobRunId: number): Promise<number | null> {
  const row = await db.labelRun.findUnique({ where: { jobRunId }, select: { id: true } });
  return row?.id ?? null;
}
