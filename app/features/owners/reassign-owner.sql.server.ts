/** Owners of many images at once, in SQLite's dialect. An item's state is `{ ownerId, name }` as JSON. */

import { z } from "zod";
import { type Known, selectedWhere } from "~/features/images/browse/image-query.sql.server";
import type { ImageSelection } from "~/features/images/browse/image-selection";
import type { ItemRange } from "~/features/job-runs/kinds/handler";
import { jsonColumn } from "~/features/json-column";
import type { Db, Tx } from "~/ports/db.server";
import { jsonList, jsonObject, type Sql, sql, valuesOfJson } from "~/ports/sql.server";
import { ownerState } from "./reassign-owner";

/** How many images of a selection belong to an owner. */
export async function countOwned(db: Db, selection: ImageSelection, known: Known, ownerId: string): Promise<number> {
  const found = await db.$queryRaw`
    SELECT count(*) AS "owned" FROM "Image" i
     WHERE i."ownerId" = ${ownerId} AND ${selectedWhere(selection, known)}`;
  return z.tuple([z.object({ owned: z.coerce.number() })]).parse(found)[0].owned;
}

const picked = z.tuple([z.object({ ids: z.string(), count: z.coerce.number(), last: z.coerce.number() })]);

/**
 * The next images of a selection that do not belong to an owner: their ids as one JSON text, which goes back as it came.
 * Looking for them may take long and locks nothing.
 */
export async function pickImages(
  db: Db,
  selection: ImageSelection,
  known: Known,
  page: { toOwnerId: string; after: number; limit: number },
): Promise<{ ids: string; count: number; last: number }> {
  const found = await db.$queryRaw`
    SELECT ${jsonList(sql`"id"`)} AS "ids", count(*) AS "count", coalesce(max("id"), 0) AS "last" FROM (
      SELECT i."id" FROM "Image" i
       WHERE i."id" > ${page.after} AND i."ownerId" IS DISTINCT FROM ${page.toOwnerId} AND ${selectedWhere(selection, known)}
       ORDER BY i."id" LIMIT ${page.limit})`;
  return picked.parse(found)[0];
}

/** What a plan says of these images: whom each belongs to now, and to whom it shall. */
export const plannedOwners = (ids: string, to: { id: string; name: string }): Sql => sql`
  SELECT i."id" AS "position", CAST(i."id" AS TEXT) AS "subject", i."key" AS "label",
         ${jsonObject({ ownerId: sql`i."ownerId"`, name: sql`o."name"` })} AS "before",
         ${JSON.stringify({ ownerId: to.id, name: to.name })} AS "target"
    FROM "Image" i LEFT JOIN "Owner" o ON o."id" = i."ownerId"
   WHERE i."id" IN ${valuesOfJson(ids)} AND i."ownerId" IS DISTINCT FROM ${to.id}`;

const states = z.array(z.object({ state: jsonColumn(ownerState), images: z.coerce.number() }));

/** How many items of a plan each present owner has, most first. */
export async function countByOwner(db: Db, runId: number) {
  const found = await db.$queryRaw`
    SELECT "before" AS "state", count(*) AS "images" FROM "JobItem" WHERE "runId" = ${runId}
     GROUP BY "before" ORDER BY count(*) DESC, "before"`;
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

/**
 * Gives the images of the open items of a range to the owner of their `target`, and skips those whose owner is no longer that
 * of `before`. The "+" leaves it to the key to find the items.
 */
export async function changeOwners(tx: Tx, range: ItemRange, reason: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "JobItem" AS i SET "outcome" = 'skipped', "reason" = ${reason}
     WHERE ${inRange(range)} AND +i."outcome" IS NULL
       AND NOT EXISTS (SELECT 1 FROM "Image" m WHERE ${isItsImage} AND ${stillBelongs} AND ${hasOwner})`;
  await tx.$executeRaw`
    UPDATE "Image" AS m SET "ownerId" = ${ownerOf(sql`i."target"`)} FROM "JobItem" i
     WHERE ${inRange(range)} AND +i."outcome" IS NULL AND ${isItsImage}`;
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
