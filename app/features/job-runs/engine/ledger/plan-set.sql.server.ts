/** A set-based plan as it is written down, in SQLite's dialect: rows go from table to table. */

import { z } from "zod";
import type { ItemRange, SetUndo } from "~/features/job-runs/kinds/handler";
import type { Db } from "~/ports/db.server";
import { linesOf, type Sql, sql } from "~/ports/sql.server";
import type { ClaimedPlanning } from "./claim.sql.server";
import { holdPlanning } from "./planning.sql.server";

const places = z.array(z.object({ seq: z.coerce.number() }));

/**
 * Appends what a SELECT finds to the plan, numbered from `firstSeq` by its `position`, and prolongs the planning's lease.
 * @returns how many items, and for how long they were written with the lock held, in ms
 * @throws LeaseLost; Error for positions that are not 0, 1, 2, …
 */
export async function appendSelected(
  db: Db,
  planning: ClaimedPlanning,
  input: { firstSeq: number; rows: Sql; now: Date },
): Promise<{ items: number; ms: number }> {
  return db.$write(async (tx) => {
    await holdPlanning(tx, planning, input.now);
    const startedAt = performance.now();
    const inserted = await tx.$executeRaw`
      INSERT INTO "JobItem" ("runId", "seq", "subject", "label", "before", "target")
      SELECT ${planning.runId}, ${input.firstSeq} + s."position", s."subject", s."label", s."before", s."target"
        FROM (${input.rows}) s`;
    const found = await tx.$queryRaw`
      SELECT "seq" FROM "JobItem" WHERE "runId" = ${planning.runId} ORDER BY "seq" DESC LIMIT 1`;
    const last = places.parse(found)[0]?.seq ?? -1;
    if (last === input.firstSeq + inserted - 1) return { items: inserted, ms: performance.now() - startedAt };
    throw new Error(`The ${inserted} items from ${input.firstSeq} on of run ${planning.runId} end at ${last}`);
  });
}

const text = z.tuple([z.object({ text: z.string() })]);

/** What a range of a plan says, as one text: a line an item, of its subject, what it is and what it shall be. */
export async function readPlanText(db: Db, { runId, firstSeq, lastSeq }: ItemRange): Promise<string> {
  const found = await db.$queryRaw`
    SELECT ${linesOf(sql`concat_ws(' ', "subject", coalesce("before", ''), coalesce("target", ''))`)} AS "text" FROM (
      SELECT "subject", "before", "target" FROM "JobItem"
       WHERE "runId" = ${runId} AND "seq" BETWEEN ${firstSeq} AND ${lastSeq} ORDER BY "seq")`;
  return text.parse(found)[0].text;
}

const missing = z.tuple([z.object({ items: z.coerce.number() })]);

/**
 * The items of a range that succeeded, turned around: as each became and as it was, or as `toTarget` has it. Where all of its chunks' items did, each
 * has its place already; only else they are numbered.
 */
export async function itemsToUndo(
  db: Db,
  { runId, firstSeq, lastSeq }: ItemRange,
  toTarget: SetUndo<unknown>["target"] = (was) => was,
): Promise<Sql> {
  const chunks = sql`c."runId" = ${runId} AND c."lastSeq" >= ${firstSeq} AND c."firstSeq" <= ${lastSeq}`;
  const found = await db.$queryRaw`
    SELECT coalesce(sum(c."lastSeq" - c."firstSeq" + 1 - c."succeeded"), 0) AS "items" FROM "JobChunk" c WHERE ${chunks}`;
  const isWhole = missing.parse(found)[0].items === 0;
  const position = isWhole ? sql`i."seq" - ${firstSeq}` : sql`row_number() OVER (ORDER BY i."seq") - 1`;
  const became = sql`coalesce(i."after", i."target")`;
  // Chunks first: from each item, the planner would look through all of them.
  return sql`
    SELECT ${position} AS "position", i."subject", i."label", ${became} AS "before",
           ${toTarget(sql`i."before"`, became)} AS "target"
      FROM "JobChunk" c
     CROSS JOIN "JobItem" i ON i."runId" = c."runId" AND i."seq" BETWEEN c."firstSeq" AND c."lastSeq"
     WHERE ${chunks} AND i."seq" BETWEEN ${firstSeq} AND ${lastSeq} AND coalesce(i."outcome", c."outcome") = 'succeeded'`;
}
