import type { Db } from "~/ports/db.server";

/** Deletes one of the operator's views; that of someone else, or none, is left as it is. */
export async function deleteView({ db }: { db: Db }, { id, operatorId }: { id: number; operatorId: number }) {
  await db.$write((tx) => tx.savedView.deleteMany({ where: { id, operatorId } }));
}
