import { setImmediate as nextTurn } from "node:timers/promises";
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

const states = z.object({
  made: z.coerce.number(),
  missing: z.coerce.number(),
  stale: z.coerce.number(),
  unreadable: z.coerce.number(),
  archived: z.coerce.number(),
});
/** How many images have a vector of their present bytes; have none, or one of other bytes or another length; can have none. */
export type EmbeddingStates = z.infer<typeof states>;

/** So many ids are counted at once: some 30 ms. */
const STRETCH = 20_000;

/**
 * How images stand, in stretches of their ids, between which whatever else the process does has its turn: of 200,000 images it takes
 * 0.3 s. The unreadable and the archived are not among the missing and the stale.
 */
export async function countEmbeddingStates(db: Db, wanted: Wanted): Promise<EmbeddingStates> {
  const { _max } = await db.image.aggregate({ _max: { id: true } });
  const sum: EmbeddingStates = { made: 0, missing: 0, stale: 0, unreadable: 0, archived: 0 };
  for (let after = 0; after < (_max.id ?? 0); after += STRETCH) {
    const stretch = sql`i."id" > ${after} AND i."id" <= ${after + STRETCH}`;
    const counted = await countStatesOf(db, { wanted, selected: stretch });
    for (const state of states.keyof().options) sum[state] += counted[state];
    await nextTurn();
  }
  return sum;
}

/** The same of the images that a run is about. */
export async function countStatesOf(db: Db, scope: Scope): Promise<EmbeddingStates> {
  const { wanted } = scope;
  const found = await db.$queryRaw`
    SELECT count(*) FILTER (WHERE "isMade") AS "made",
           count(*) FILTER (WHERE NOT "isMade" AND "isUnreadable") AS "unreadable",
           count(*) FILTER (WHERE NOT "isMade" AND NOT "isUnreadable" AND "isOutOfReach") AS "archived",
           count(*) FILTER (WHERE "isDue" AND NOT "hasOne") AS "missing",
           count(*) FILTER (WHERE "isDue" AND "hasOne") AS "stale"
      FROM (SELECT s.*, NOT "isMade" AND NOT "isUnreadable" AND NOT "isOutOfReach" AS "isDue"
              FROM (SELECT coalesce(${isMade(wanted)}, false) AS "isMade", ${isUnreadable} AS "isUnreadable",
                           ${isOutOfReach} AS "isOutOfReach", e."imageId" IS NOT NULL AS "hasOne"
                      FROM ${imagesWithVectors(wanted)} WHERE ${inScope(scope)}) s)`;
  return z.tuple([states]).parse(found)[0];
}
