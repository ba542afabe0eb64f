import { z } from "zod";
import { isClockSteady } from "~/features/clock-watch/require-steady-clock.server";
import { writeInPieces } from "~/features/write-in-pieces.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";

/** An import whose lines were not all read by then was given up. */
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

const ids = z.array(z.object({ id: z.coerce.number() }));

/** A plan that is being made goes on reading its own. */
const isPlanned = sql`coalesce(r."status", 'gone') <> 'planning'`;

/**
 * Removes imports that are over, or were given up while they were read, with their lines.
 * @param imports the table of imports: `id`, `jobRunId`, `stagedAt`
 * @param lines the table of their lines: `importId`, and `number`, a column that numbers those of one import
 * @param isOver when the run (`r`) of an import needs them no longer; by default once its plan is made
 */
export async function removeStaged(
  { db, clock }: { db: Db; clock: Clock },
  { imports, lines, number, isOver = isPlanned }: { imports: Sql; lines: Sql; number: Sql; isOver?: Sql },
): Promise<void> {
  // Where ages cannot be told, none was given up.
  const startedBefore = (await isClockSteady({ db, clock })) ? clock.now().getTime() - ABANDONED_AFTER_MS : 0;
  const over = await db.$queryRaw`
    SELECT g."id" FROM ${imports} g LEFT JOIN "JobRun" r ON r."id" = g."jobRunId"
     WHERE (g."jobRunId" IS NOT NULL AND (${isOver}))
        OR (g."jobRunId" IS NULL AND g."stagedAt" < ${startedBefore})`;
  for (const { id } of ids.parse(over)) {
    const first = sql`SELECT ${number} FROM ${lines} WHERE "importId" = ${id} ORDER BY ${number}`;
    await writeInPieces(
      db,
      (tx, size) => tx.$executeRaw`
        DELETE FROM ${lines} WHERE "importId" = ${id} AND ${number} IN (${first} LIMIT ${size})`,
    );
    await db.$executeRaw`DELETE FROM ${imports} WHERE "id" = ${id}`;
  }
}
