import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { alongIndex, type Sql, sql } from "~/ports/sql.server";

/** The vectors that are wanted: only those of one model and length can be compared. */
export type Wanted = { model: string; dimensions: number };

/** Which images a run is about. `selected`: a condition on `"Image" i`; null: all of them. */
type Scope = { wanted: Wanted; selected: Sql | null };

const alongStates = alongIndex("ImageEmbedding_model_imageId_dimensions_etag_idx");

const imagesWithVectors = ({ model }: Wanted): Sql => sql`
  "Image" i LEFT JOIN "ImageEmbedding" e ${alongStates} ON e."model" = ${model} AND e."imageId" = i."id"`;

const isMade = ({ dimensions }: Wanted): Sql => sql`(e."etag" = i."etag" AND e."dimensions" = ${dimensions})`;
const isUnreadable = sql`(i."unreadableClass" IS NOT NULL AND i."readEtag" IS NOT DISTINCT FROM i."etag")`;
/** Neither its bytes can be read before someone restores it, nor is there a thumbnail of them. */
const isOutOfReach = sql`(i."archivedAs" IS NOT NULL AND i."thumbnailEtag" IS DISTINCT FROM i."etag")`;
const inScope = ({ selected }: Scope): Sql =>
  selected ? sql`i."goneAt" IS NULL AND ${selected}` : sql`i."goneAt" IS NULL`;

const toEmbed = z.array(
  z.object({ id: z.coerce.number(), key: z.string(), etag: z.string(), madeOf: z.string().nullable() }),
);
export type ToEmbed = z.infer<typeof toEmbed>[number];

/** One page of the images whose vector is missing or stale, by id after `afterId`; `madeOf`: of which ETag they have one. */
export async function findImagesToEmbed(
  db: Db,
  scope: Scope,
  { afterId, limit }: { afterId: number; limit: number },
): Promise<ToEmbed[]> {
  const found = await db.$queryRaw`
    SELECT i."id", i."key", i."etag", e."etag" AS "madeOf" FROM ${imagesWithVectors(scope.wanted)}
     WHERE i."id" > ${afterId} AND ${inScope(scope)} AND NOT coalesce(${isMade(scope.wanted)}, false)
       AND NOT ${isUnreadable} AND NOT ${isOutOfReach}
     ORDER BY i."id" LIMIT ${limit}`;
  return toEmbed.parse(found);
}

const states = z.tuple([
  z.object({
    made: z.coerce.number(),
    missing: z.coerce.number(),
    stale: z.coerce.number(),
    unreadable: z.coerce.number(),
    archived: z.coerce.number(),
  }),
]);

/**
 * How many images have a vector of their present bytes, and how many have none or one of other bytes or another length; the
 * unreadable and the archived, which can have none, are not among the missing and the stale.
 */
export async function countEmbeddingStates(
  db: Db,
  wanted: Wanted,
  selected: Sql | null = null,
): Promise<z.infer<typeof states>[0]> {
  const found = await db.$queryRaw`
    SELECT count(*) FILTER (WHERE "isMade") AS "made",
           count(*) FILTER (WHERE NOT "isMade" AND "isUnreadable") AS "unreadable",
           count(*) FILTER (WHERE NOT "isMade" AND NOT "isUnreadable" AND "isOutOfReach") AS "archived",
           count(*) FILTER (WHERE "isDue" AND NOT "hasOne") AS "missing",
           count(*) FILTER (WHERE "isDue" AND "hasOne") AS "stale"
      FROM (SELECT s.*, NOT "isMade" AND NOT "isUnreadable" AND NOT "isOutOfReach" AS "isDue"
              FROM (SELECT coalesce(${isMade(wanted)}, false) AS "isMade", ${isUnreadable} AS "isUnreadable",
                           ${isOutOfReach} AS "isOutOfReach", e."imageId" IS NOT NULL AS "hasOne"
                      FROM ${imagesWithVectors(wanted)} WHERE ${inScope({ wanted, selected })}) s)`;
  return states.parse(found)[0];
}
