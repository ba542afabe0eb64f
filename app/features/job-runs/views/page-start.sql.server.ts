import { z } from "zod";
import type { Db } from "~/ports/db.server";

const places = z.array(z.object({ seq: z.coerce.number(), skip: z.coerce.number() }));

/**
 * Where in a run the item lies that has `before` others of the same outcome ahead of it: items of that outcome from `seq`
 * on, but for the first `skip`. Told by the tallies of the chunks, so that a page far behind costs no more than the
 * first; null when there are not so many.
 */
export async function findPageStart(
  db: Db,
  { runId, outcome, before }: { runId: number; outcome: string; before: number },
): Promise<{ seq: number; skip: number } | null> {
  const found = await db.$queryRaw`
    WITH counted AS (
      SELECT "seq", "firstSeq", CASE ${outcome}
               WHEN 'succeeded' THEN "succeeded" WHEN 'failed' THEN "failed" WHEN 'skipped' THEN "skipped"
               ELSE "lastSeq" - "firstSeq" + 1 - "succeeded" - "failed" - "skipped" END AS "items"
        FROM "JobChunk" WHERE "runId" = ${runId}),
    summed AS (SELECT "firstSeq", sum("items") OVER (ORDER BY "seq") AS "upTo", "items" FROM counted)
    SELECT "firstSeq" AS "seq", ${before} - ("upTo" - "items") AS "skip" FROM summed
     WHERE "upTo" > ${before} ORDER BY "firstSeq" LIMIT 1`;
  return places.parse(found)[0] ?? null;
}
