import type { Db } from "~/ports/db.server";

/** The operator's views by name, of one page or of all. */
export function listViews({ db }: { db: Db }, { operatorId, page }: { operatorId: number; page?: string }) {
  return db.savedView.findMany({
    where: { operatorId, ...(page !== undefined && { page }) },
    orderBy: { name: "asc" },
    select: { id: true, page: true, name: true, address: true },
  });
}
