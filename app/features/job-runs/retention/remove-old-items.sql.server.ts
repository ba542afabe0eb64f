import type { Db } from "~/ports/db.server";
import { rowId } from "~/ports/sql.server";

/** So few that no write holds the lock for more than 200 ms: some 50 ms. */
const ITEMS_AT_ONCE = 5_000;

/** Deletes items of a run, as many as one short write may; returns how many, 0 when none is left. */
export function deleteSomeItems(db: Db, runId: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "JobItem" WHERE ${rowId} IN (
      SELECT ${rowId} FROM "JobItem" WHERE "runId" = ${runId} LIMIT ${ITEMS_AT_ONCE})`;
}
