import { z } from "zod";
import { readUnreadableClass, thumbnailIs } from "~/features/images/query/image-states.sql.server";
import { unreadableClasses } from "~/features/images/unreadable-classes";
import type { Db } from "~/ports/db.server";
import { type Sql, sql, valuesOf } from "~/ports/sql.server";
import { backfillThumbnails } from "./backfill-thumbnails";

/**
 * Which images a backfill is about. `selected`: a condition on `"Image" i`; null: all of them. What a backfill failed on
 * after `failedSince` is left out; null: nothing is.
 */
type BackfillScope = { force: boolean; selected: Sql | null; failedSince: Date | null };

const isMade = sql`i."thumbnailEtag" = i."etag"`;
/** What is known to be unreadable as it is now: only other bytes can help it. */
const isUnreadable = sql`(i."unreadableClass" IS NOT NULL AND i."readEtag" IS NOT DISTINCT FROM i."etag")`;
const lacksThumbnail = sql`(i."thumbnailEtag" IS DISTINCT FROM i."etag" AND NOT ${isUnreadable})`;
/** It cannot be read before someone restores it. */
const isArchived = sql`i."archivedAs" IS NOT NULL`;

/** Failures that pass by themselves more often than not, and say nothing of the image. */
const passing = ["database-unavailable", "s3-timeout", "s3-unavailable"];
const PASSING_AT_MOST = 3;

/** A backfill failed on just these bytes lately; runs keep that, so nothing else has to. */
const failedAfter = (since: Date): Sql => sql`(i."id", i."etag") IN (
  SELECT CAST(f."subject" AS INTEGER), f."etag" FROM "JobRun" r JOIN "JobItem" f ON f."runId" = r."id"
   WHERE r."kind" = ${backfillThumbnails.kind} AND r."undoOfId" IS NULL
     AND (r."finishedAt" IS NULL OR r."finishedAt" > ${since.getTime()})
     AND f."outcome" = 'failed' AND f."finishedAt" > ${since.getTime()}
   GROUP BY 1, 2
  HAVING count(*) >= ${PASSING_AT_MOST} OR count(*) > count(*) FILTER (WHERE f."errorClass" IN ${valuesOf(passing)}))`;
const isLeftAlone = ({ failedSince }: Pick<BackfillScope, "failedSince">): Sql =>
  failedSince ? failedAfter(failedSince) : sql`1 = 0`;

const inScope = ({ selected }: BackfillScope): Sql =>
  selected ? sql`i."goneAt" IS NULL AND ${selected}` : sql`i."goneAt" IS NULL`;
const isToDo = ({ force }: BackfillScope): Sql => (force ? sql`1 = 1` : lacksThumbnail);

const counts = z.tuple([z.object({ images: z.coerce.number() })]);

/** How many images lack a thumbnail that they could have: in the index of states alone. */
export async function countMissingThumbnails(db: Db): Promise<number> {
  const found = await db.$queryRaw`
    SELECT count(*) AS "images" FROM "Image" i WHERE ${thumbnailIs(["due"])} AND i."goneAt" IS NULL`;
  return counts.parse(found)[0].images;
}

/** Whether a backfill of all images would plan any: along the index of states. */
export async function isThumbnailDue(db: Db, scope: Pick<BackfillScope, "failedSince">): Promise<boolean> {
  const found = await db.$queryRaw<object[]>`
    SELECT i."id" FROM "Image" i
     WHERE ${thumbnailIs(["due"])} AND i."goneAt" IS NULL AND NOT ${isLeftAlone(scope)} LIMIT 1`;
  return found.length > 0;
}

const stateCounts = z.tuple([
  z.object({
    made: z.coerce.number(),
    missing: z.coerce.number(),
    stale: z.coerce.number(),
    archived: z.coerce.number(),
  }),
]);

/**
 * How many images have a thumbnail of their present bytes, how many lack one that they could have, and how many could have one
 * were they not archived. Each is counted in the index of states alone: 200,000 rows take longer to read than their index.
 */
export async function countThumbnailStates(db: Db): Promise<z.infer<typeof stateCounts>[0]> {
  const images = (states: string[], and: Sql) =>
    sql`(SELECT count(*) FROM "Image" i WHERE ${thumbnailIs(states)} AND i."goneAt" IS NULL AND ${and})`;
  const isDue = sql`${readUnreadableClass} IS NULL AND i."archivedAs" IS NULL`;
  const found = await db.$queryRaw`
    SELECT ${images(["made"], sql`true`)} AS "made", ${images(["missing"], isDue)} AS "missing",
           ${images(["stale"], isDue)} AS "stale",
           ${images(["missing", "stale"], sql`${readUnreadableClass} IS NULL AND i."archivedAs" IS NOT NULL`)} AS "archived"`;
  return stateCounts.parse(found)[0];
}

const unreadable = z.array(z.object({ errorClass: z.enum(unreadableClasses), images: z.coerce.number() }));

/** How many images cannot be read, by the reason: along its index, which is used only where the classes are named. */
export async function countUnreadable(db: Db): Promise<z.infer<typeof unreadable>> {
  const found = await db.$queryRaw`
    SELECT ${readUnreadableClass} AS "errorClass", count(*) AS "images" FROM "Image" i
     WHERE ${readUnreadableClass} IN ${valuesOf(unreadableClasses)} AND i."goneAt" IS NULL GROUP BY 1`;
  return unreadable.parse(found);
}

const leftOut = z.tuple([
  z.object({
    made: z.coerce.number(),
    unreadable: z.coerce.number(),
    archived: z.coerce.number(),
    failed: z.coerce.number(),
  }),
]);

/**
 * What a backfill plan says of the images that it leaves out; archived are those that lack a thumbnail, or all of them
 * with `force`.
 */
export async function countLeftOut(db: Db, scope: BackfillScope): Promise<z.infer<typeof leftOut>[0]> {
  const found = await db.$queryRaw`
    SELECT count(*) FILTER (WHERE ${isMade}) AS "made", count(*) FILTER (WHERE ${isUnreadable}) AS "unreadable",
           count(*) FILTER (WHERE ${isArchived} AND ${isToDo(scope)}) AS "archived",
           count(*) FILTER (WHERE NOT ${isArchived} AND ${isToDo(scope)} AND ${isLeftAlone(scope)}) AS "failed"
      FROM "Image" i WHERE ${inScope(scope)}`;
  return leftOut.parse(found)[0];
}

const toThumbnail = z.array(
  z.object({
    id: z.coerce.number(),
    key: z.string(),
    etag: z.string(),
    bytes: z.coerce.number(),
    thumbnailEtag: z.string().nullable(),
  }),
);

/**
 * One page of the images that a backfill is to do, by id after `afterId`; `bytes` of the original.
 * @param page.archived instead, those that it leaves out because they are archived
 */
export async function findImagesToThumbnail(
  db: Db,
  scope: BackfillScope,
  { afterId, limit, archived = false }: { afterId: number; limit: number; archived?: boolean },
) {
  const found = await db.$queryRaw`
    SELECT i."id", i."key", i."etag", i."bytes", i."thumbnailEtag" FROM "Image" i
     WHERE i."id" > ${afterId} AND ${inScope(scope)} AND ${isToDo(scope)}
       AND ${archived ? isArchived : sql`i."archivedAs" IS NULL`} AND NOT ${isLeftAlone(scope)}
     ORDER BY i."id" LIMIT ${limit}`;
  return toThumbnail.parse(found);
}
