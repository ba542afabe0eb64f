/** A set-based plan as it is written down, in SQLite's dialect: rows go from table to table. */

import { z } from "zod";
import type { ItemRange } from "~/features/job-runs/kinds/handler";
import type { Db } from "~/ports/db.server";
import { linesOf, type Sql, sql } from "~/ports/sql.server";
import type { ClaimedPlanning } from "./claim.sql.server";
import { holdPlanning } from "./planning.sql.server";

/**
 * Appends what a SELECT finds to the plan, numbered from `firstSeq` in the order of its `position`, and prolongs the
 * planning's lease.
 * @returns how many items, and for how long the write held the lock, in ms
 * @throws LeaseLost
 */
export async function appendSelected(
  db: Db,
  planning: ClaimedPlanning,
  input: { firstSeq: number; rows: Sql; now: Date },
): Promise<{ items: number; ms: number }> {
  let startedAt = 0;
  const items = await db.$write(async (tx) => {
    await holdPlanning(tx, planning, input.now);
    startedAt = performance.now();
    return tx.$executeRaw`
      INSERT INTO "JobItem" ("runId", "seq", "subject", "label", "before", "target")
      SELECT ${planning.runId}, ${input.firstSeq} + row_number() OVER (ORDER BY s."position") - 1,
             s."subject", s."label", s."before", s."target"
        FROM (${input.rows}) s`;
  });
  return { items, ms: performance.now() - startedAt };
}

const text = z.tuple([z.object({ text: z.string() })]);

/** What a range of a plan says, as one text: a line an item, of its subject, its name, what it is and what it shall be. */
export async function readPlanText(db: Db, { runId, firstSeq, lastSeq }: ItemRange): Promise<string> {
  const found = await db.$queryRaw`
    SELECT ${linesOf(sql`"line"`)} AS "text" FROM (
      SELECT "subject" || ' ' || coalesce("before", '') || ' ' || coalesce("target", '') || ' ' || coalesce("label", '') AS "line"
        FROM "JobItem" WHERE "runId" = ${runId} AND "seq" BETWEEN ${firstSeq} AND ${lastSeq} ORDER BY "seq")`;
  return text.parse(found)[0].text;
}

/** The items of a range that succeeded, turned around: as each became and as it was. */
export const itemsToUndo = ({ runId, firstSeq, lastSeq }: ItemRange): Sql => sql`
  SELECT i."seq" AS "position", i."subject", i."label", coalesce(i."after", i."target") AS "before", i."before" AS "target"
    FROM "JobChunk" c
    JOIN "JobItem" i ON i."runId" = c."runId" AND i."seq" BETWEEN c."firstSeq" AND c."lastSeq"
   WHERE c."runId" = ${runId} AND c."lastSeq" >= ${firstSeq} AND c."firstSeq" <= ${lastSeq}
     AND i."seq" BETWEEN ${firstSeq} AND ${lastSeq} AND coalesce(i."outcome", c."outcome") = 'succeeded'`;
