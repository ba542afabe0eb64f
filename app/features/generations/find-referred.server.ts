import type { Db } from "~/ports/db.server";

/** Which of a few images generation records name as a reference. All records are looked through for each. */
export async function findReferred(db: Db, imageIds: number[]): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (const id of imageIds) {
    const where = { references: { contains: `"imageId":${id},` } };
    if (await db.generation.findFirst({ where, select: { id: true } })) found.add(id);
  }
  return found;
}
