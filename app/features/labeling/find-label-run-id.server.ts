import type { Db } from "~/ports/db.server";

/** The id that a label run is addressed by, its job run's; null for a job run of another kind. */
export async function findLabelRunId({ db }: { db: Db }, jobRunId: number): Promise<number | null> {
  const row = await db.labelRun.findUnique({ where: { jobRunId }, select: { jobRunId: true } });
  return row?.jobRunId ?? null;
}
