import type { Tx } from "~/ports/db.server";

/** No one audits a root that labels/schema.json has no more, so what is open about it closes with the next audit of another. */
export async function closeRemovedRoots(tx: Tx, { roots, at }: { roots: string[]; at: Date }): Promise<void> {
  const removed = { where: { root: { notIn: roots }, closedAt: null }, data: { closedAt: at } };
  await tx.finding.updateMany(removed);
  await tx.alert.updateMany(removed);
}
