import type { Db } from "~/ports/db.server";

/** Which of a few images generation records name as a reference. */
export async function findReferred(db: Db, imageIds: number[]): Promise<ReadonlySet<number>> {
  const where = { id: { in: imageIds }, referredBy: { some: {} } };
  const rows = await db.image.findMany({ where, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}
