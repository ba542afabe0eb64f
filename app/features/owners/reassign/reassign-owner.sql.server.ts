/** Owners of many images at once, in SQLite's dialect. An item's state is `{ ownerId, name }` as JSON. */

import { z } from "zod";
import { type Place, wayOf } from "~/features/images/browse/walk-list.sql.server";
import { findFew, sourcesOf } from "~/features/images/query/find-few.sql.server";
import { type Known, selectedWhere } from "~/features/images/query/image-query.sql.server";
import type { ImageSelection } from "~/features/images/query/image-selection";
import type { ItemRange } from "~/features/job-runs/kinds/handler";
import type { Db, Tx } from "~/ports/db.server";
import { idsInOrder, jsonList, jsonObject, type Sql, sql } from "~/ports/sql.server";

/** How many images of a selection belong to an owner. */
export async function countOwned(db: Db, selection: ImageSelection, known: Known, ownerId: string): Promise<number> {
  const found = await db.$queryRaw`
    SELECT count(*) AS "owned" FROM "Image" i
     WHERE i."ownerId" = ${ownerId} AND ${selectedWhere(selection, known)}`;
  return z.tuple([z.object({ owned: z.coerce.number() })]).parse(found)[0].owned;
}

/**
 * Images that are neighbors in time are neighbors in the index of each owner, and those of one index run are neighbors in the
 * order of ids, too: stretches of so many, each in the order of ids, change the same few pages of table and indexes one after
 * the other, where in the order of ids alone each piece of a run changes all pages of the new owner's part of the index.
 */
const STRETCH = 32_768;
/** Fewer than this are found by an index, and sorted; to find more, all images are looked at in the order of time. */
const FOUND_BY_INDEX = 250_000;
const oldestFirst = { by: "created", direction: "asc" } as const;
const picked = z.tuple([z.object({ ids: z.string(), last: z.coerce.number().nullable() })]);
const listOfIds = z.array(z.number());

/**
 * The ids of a selection's images that do not belong to an owner, the oldest first, in stretches that are each in the order of
 * ids. Looking for them may take long and locks nothing.
 */
export async function* pickImages(
  db: Db,
  selection: ImageSelection,
  known: Known,
  toOwnerId: string,
): AsyncGenerator<number[]> {
  const query = "query" in selection ? selection.query : null;
  const sources = query ? await sourcesOf(db, query, known) : [];
  if (sources === null) return;
  const few = await findFew(db, sources, FOUND_BY_INDEX);
  const way = wayOf(oldestFirst, false, query ?? {});
  const walked = query && !query.gone ? way.along : sql`"Image" i`;
  const from = few ? sql`(${few.ids}) few CROSS JOIN "Image" i ON i."id" = few."id"` : walked;
  const limit = few ? FOUND_BY_INDEX + 1 : STRETCH;
  for (let at: Place | null = null, isMore = true; isMore; ) {
    const found = await db.$queryRaw`
      SELECT ${jsonList(sql`"id"`)} AS "ids", max("createdAt") AS "last" FROM (
        SELECT i."id", i."createdAt" FROM ${from}
         WHERE ${way.beyond(at)} AND i."ownerId" IS DISTINCT FROM ${toOwnerId} AND ${selectedWhere(selection, known)}
         ORDER BY ${way.sorted} LIMIT ${limit})`;
    const [{ ids: text, last }] = picked.parse(found);
    const ids = listOfIds.parse(JSON.parse(text));
    isMore = ids.length === limit;
    at = { id: ids.at(-1) ?? 0, value: last ?? 0 };
    for (let done = 0; done < ids.length; done += STRETCH) {
      yield ids.slice(done, done + STRETCH).sort((a, b) => a - b);
    }
  }
}

/** How many generation records these images have: an owner is the image's, so they go with it. */
export async function countRecords(db: Db, ids: readonly number[]): Promise<number> {
  const found = await db.$queryRaw`
    SELECT count(*) AS "records" FROM ${idsInOrder(ids)} p JOIN "Generation" g ON g."imageId" = p."id"`;
  return z.tuple([z.object({ records: z.coerce.number() })]).parse(found)[0].records;
}

/** What a plan says of these images: whom each belongs to now, and to whom it shall. */
export const plannedOwners = (ids: readonly number[], to: { id: string; name: string }): Sql => sql`
  SELECT p."position", CAST(i."id" AS TEXT) AS "subject", i."key" AS "label",
         ${jsonObject({ ownerId: sql`i."ownerId"`, name: sql`o."name"` })} AS "before",
         ${JSON.stringify({ ownerId: to.id, name: to.name })} AS "target"
    FROM ${idsInOrder(ids)} p CROSS JOIN "Image" i ON i."id" = p."id" LEFT JOIN "Owner" o ON o."id" = i."ownerId"`;

const states = z.array(z.object({ state: z.string(), images: z.coerce.number() }));

/** How many items of a range of a plan each present owner has, by its state as JSON. */
export async function countByOwner(db: Db, range: ItemRange) {
  const found = await db.$queryRaw`
    SELECT i."before" AS "state", count(*) AS "images" FROM "JobItem" i WHERE ${inRange(range)} GROUP BY i."before"`;
  return states.parse(found);
}

/** An item's image: `"Image" m`, of `"JobItem" i`. */
const isItsImage = sql`m."id" = CAST(i."subject" AS INTEGER)`;
const ownerOf = (state: Sql) => sql`${state}->>'ownerId'`;
const stillBelongs = sql`m."ownerId" IS NOT DISTINCT FROM ${ownerOf(sql`i."before"`)}`;
/** The owner whom it shall belong to may be no more, or merged into another but `returning` (nobody always is). */
const hasOwnerOr = (returning: string) => sql`(${ownerOf(sql`i."target"`)} IS NULL
  OR EXISTS (SELECT 1 FROM "Owner" o WHERE o."id" = ${ownerOf(sql`i."target"`)}
               AND (o."mergedIntoId" IS NULL OR o."id" = ${returning})))`;
const hasOwner = hasOwnerOr("");
const inRange = ({ runId, firstSeq, lastSeq }: ItemRange) =>
  sql`i."runId" = ${runId} AND i."seq" BETWEEN ${firstSeq} AND ${lastSeq}`;

const ownerIsGone = "The owner whom it was to go to is no longer there, or was merged into another.";

/**
 * Gives the images of the open items of a range to the owner of their `target`, and skips those whose owner is no longer that
 * of `before`. Hardly ever there are any: all are tried first, and only when fewer changed than there are items is that taken
 * back and each of them looked at. The "+" leaves it to the key to find the items.
 */
export async function changeOwners(tx: Tx, range: ItemRange, reason: string): Promise<void> {
  const mayChange = sql`${stillBelongs} AND ${hasOwner}`;
  const change = (only: Sql) => tx.$executeRaw`
    UPDATE "Image" AS m SET "ownerId" = ${ownerOf(sql`i."target"`)} FROM "JobItem" i
     WHERE ${inRange(range)} AND +i."outcome" IS NULL AND ${isItsImage} AND ${only}`;
  await tx.$executeRaw`SAVEPOINT "before_all"`;
  if ((await change(mayChange)) < range.lastSeq - range.firstSeq + 1) {
    await tx.$executeRaw`ROLLBACK TO "before_all"`;
    await tx.$executeRaw`
      UPDATE "JobItem" AS i SET "outcome" = 'skipped',
             "reason" = CASE WHEN ${hasOwner} THEN ${reason} ELSE ${ownerIsGone} END
       WHERE ${inRange(range)} AND +i."outcome" IS NULL
         AND NOT EXISTS (SELECT 1 FROM "Image" m WHERE ${isItsImage} AND ${mayChange})`;
    await change(sql`1 = 1`);
  }
  await tx.$executeRaw`RELEASE "before_all"`;
}

const conflicts = z.array(
  z.object({
    key: z.string(),
    isThere: z.coerce.boolean(),
    belongsTo: z.string().nullable(),
    hasOwner: z.coerce.boolean(),
  }),
);

/**
 * Items of a range whose image cannot be given back, the first of them with why, and how many there are.
 * @param returning a merged owner who is back before the images are
 */
export async function findOwnerConflicts(db: Db, range: ItemRange, limit: number, returning = "") {
  const hasOwner = hasOwnerOr(returning);
  const isConflict = sql`(m."id" IS NULL OR NOT (${stillBelongs} AND ${hasOwner}))`;
  const from = sql`FROM "JobItem" i LEFT JOIN "Image" m ON ${isItsImage} WHERE ${inRange(range)} AND ${isConflict}`;
  const counted = await db.$queryRaw`SELECT count(*) AS "count" ${from}`;
  const [{ count }] = z.tuple([z.object({ count: z.coerce.number() })]).parse(counted);
  if (count === 0 || limit === 0) return { count, first: [] };
  const found = await db.$queryRaw`
    SELECT coalesce(i."label", i."subject") AS "key", m."id" IS NOT NULL AS "isThere", ${hasOwner} AS "hasOwner",
           coalesce((SELECT p."name" FROM "Owner" p WHERE p."id" = m."ownerId"), m."ownerId") AS "belongsTo"
      ${from} ORDER BY i."seq" LIMIT ${limit}`;
  return { count, first: conflicts.parse(found) };
}
