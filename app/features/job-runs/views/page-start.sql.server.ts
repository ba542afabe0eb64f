import { z } from "zod";
import type { Db } from "~/ports/db.server";

/** Outcomes that a chunk may say of its items: where an item's own does not tell, and so no index on them. */
export const saidByChunks = ["succeeded", "open"] as const;

const seqs = z.array(z.object({ seq: z.coerce.number() }));

/**
 * The `seq` of up to `limit` items of one of these outcomes, in plan order from `from` on, but for the first `skip`. Chunks
 * that tally none are passed over.
 */
export async function findItemsByOutcome(
  db: Db,
  filter: { runId: number; outcome: (typeof saidByChunks)[number]; from: number; skip: number; limit: number },
): Promise<number[]> {
  const { runId, from, skip, limit } = filter;
  const isOpen = filter.outcome === "open";
  const found = await db.$queryRaw`
    SELECT i."seq"
      FROM "JobChunk" c
     CROSS JOIN "JobItem" i ON i."runId" = c."runId" AND i."seq" BETWEEN c."firstSeq" AND c."lastSeq"
     WHERE c."runId" = ${runId} AND c."lastSeq" >= ${from} AND i."seq" >= ${from}
       AND CASE WHEN ${isOpen} THEN c."lastSeq" - c."firstSeq" + 1 > c."succeeded" + c."failed" + c."skipped"
                ELSE c."succeeded" > 0 END
       AND coalesce(i."outcome", c."outcome", 'open') = ${filter.outcome}
     ORDER BY c."seq", i."seq" LIMIT ${limit} OFFSET ${skip}`;
  return seqs.parse(found).map(({ seq }) => seq);
}

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
