import { writeInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db } from "~/ports/db.server";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Removes measurements of a check from before a time, but for the last of each day (UTC) and the newest of all, whose alerts the
 * next one goes by; piece by piece.
 * @returns how many
 */
export const removeMeasurements = (
  db: Db,
  { name, before, signal }: { name: string; before: Date; signal: AbortSignal },
): Promise<number> =>
  writeInPieces(
    db,
    (tx, size) => tx.$executeRaw`
      DELETE FROM "Check" WHERE "id" IN (
        SELECT "id" FROM "Check" WHERE "name" = ${name} AND "at" < ${before.getTime()}
           AND "id" NOT IN (SELECT max("id") FROM "Check" WHERE "name" = ${name} GROUP BY CAST("at" / ${DAY_MS} AS INTEGER))
           AND "id" <> (SELECT max("id") FROM "Check" WHERE "name" = ${name})
         LIMIT ${size})`,
    { signal },
  );
