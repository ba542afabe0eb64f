/** What the ledger of runs keeps of one image. */

import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { elementsOf, type Sql, sql, valuesOf } from "~/ports/sql.server";

const places = z.array(z.object({ runId: z.coerce.number(), seq: z.coerce.number() }));

/**
 * The items of one image in the newest runs of some kinds whose items are images by id, newest run first. Such a run
 * numbers its items in the order of the ids, or stretch by stretch of them (`PlanSummary.stretches`), and an undo perhaps
 * backwards, so that each is found in some twenty steps: an index on the subjects would make writing a plan of a million items
 * half as slow again. The last item may be something else (the owner that a merge hides).
 * CROSS JOIN: SQLite keeps to this order of the tables, and does not read all items to have the newest run first.
 * @param input.runs how many of the newest runs are looked through
 * @param input.keys the keys that the image has had: of runs whose items are in the order of keys, which are their labels
 */
export async function findImageItems(
  db: Db,
  { imageId, kinds, runs, keys }: { imageId: number; kinds: readonly string[]; runs: number; keys?: readonly string[] },
): Promise<z.infer<typeof places>> {
  const wanted = elementsOf(sql`${JSON.stringify(keys ?? [imageId])}`);
  const placeOf = (item: Sql) => (keys ? sql`${item}."label"` : sql`CAST(${item}."subject" AS INTEGER)`);
  const isImage = keys ? sql`1 = 1` : sql`CAST(l."subject" AS INTEGER) > 0`;
  const isBefore = sql`CASE s."direction" WHEN 1 THEN ${placeOf(sql`m`)} < s."wanted" ELSE ${placeOf(sql`m`)} > s."wanted" END`;
  const found = await db.$queryRaw`
    WITH RECURSIVE stretch AS (
      SELECT r."id" AS "runId", s."value" AS "first",
             lead(s."value", 1, r."planned") OVER (PARTITION BY r."id" ORDER BY s."value") - 1 AS "last"
        FROM (SELECT "id", "planned", "summary" FROM "JobRun"
               WHERE "kind" IN ${valuesOf(kinds)} AND "planned" > 0 AND "itemsRemovedAt" IS NULL
               ORDER BY "id" DESC LIMIT ${runs}) r
       CROSS JOIN ${elementsOf(sql`coalesce(r."summary"->'stretches', '[0]')`)} s),
    bounds AS (
      SELECT s."runId", s."first", b."seq" AS "last", w."value" AS "wanted",
             CASE WHEN ${placeOf(sql`a`)} <= ${placeOf(sql`b`)} THEN 1 ELSE -1 END AS "direction"
        FROM stretch s
       CROSS JOIN ${wanted} w
        JOIN "JobItem" a ON a."runId" = s."runId" AND a."seq" = s."first"
        JOIN "JobItem" b ON b."runId" = s."runId" AND b."seq" = (
          SELECT max(l."seq") FROM "JobItem" l
           WHERE l."runId" = s."runId" AND l."seq" BETWEEN s."last" - 1 AND s."last" AND ${isImage})),
    search AS (
      SELECT "runId", "direction", "wanted", "first" AS "low", "last" AS "high" FROM bounds
      UNION ALL
      SELECT s."runId", s."direction", s."wanted",
             CASE WHEN ${isBefore} THEN m."seq" + 1 ELSE s."low" END,
             CASE WHEN ${isBefore} THEN s."high" ELSE m."seq" END
        FROM search s JOIN "JobItem" m ON m."runId" = s."runId" AND m."seq" = (s."low" + s."high") / 2
       WHERE s."low" < s."high")
    SELECT i."runId", i."seq" FROM search s CROSS JOIN "JobItem" i ON i."runId" = s."runId" AND i."seq" = s."low"
     WHERE s."low" = s."high" AND i."subject" = ${String(imageId)} ORDER BY i."runId" DESC`;
  return places.parse(found);
}
