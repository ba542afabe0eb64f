import type { Db } from "~/ports/db.server";

const DAY_MS = 24 * 60 * 60 * 1000;
/** So few that no write holds the lock for long. */
const AT_ONCE = 2_000;

/**
 * Removes measurements of a check from before a time, but for the last of each day (UTC) and the newest of all, whose alerts the
 * next one goes by; as many as one short write may.
 * @returns how many, 0 when none is left
 */
export function removeSomeMeasurements(db: Db, { name, before }: { name: string; before: Date }): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "Check" WHERE "id" IN (
      SELECT "id" FROM "Check" WHERE "name" = ${name} AND "at" < ${before.getTime()}
         AND "id" NOT IN (SELECT max("id") FROM "Check" WHERE "name" = ${name} GROUP BY CAST("at" / ${DAY_MS} AS INTEGER))
         AND "id" <> (SELECT max("id") FROM "Check" WHERE "name" = ${name})
       LIMIT ${AT_ONCE})`;
}
