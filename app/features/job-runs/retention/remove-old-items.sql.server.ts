import { writeInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db } from "~/ports/db.server";
import { rowId } from "~/ports/sql.server";

/** Deletes the items of a run; returns how many there were. */
export const deleteItems = (db: Db, runId: number, signal: AbortSignal): Promise<number> =>
  writeInPieces(
    db,
    (tx, size) => tx.$executeRaw`
      DELETE FROM "JobItem" WHERE ${rowId} IN (SELECT ${rowId} FROM "JobItem" WHERE "runId" = ${runId} LIMIT ${size})`,
    { signal },
  );
