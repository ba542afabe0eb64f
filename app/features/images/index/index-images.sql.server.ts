/**
 * The image index against a listing, in SQLite's dialect: a page of objects travels as one JSON parameter, and every
 * write is one short transaction. SQLite compares keys as UTF-8 bytes, which is S3's order.
 */

import { z } from "zod";
import { LISTED_ARCHIVE_CLASSES } from "~/features/images/archived";
import { type ImageKind, prefixUpperBound } from "~/features/images/key-layout";
import { survivors } from "~/features/images/surviving-owner.sql.server";
import { writeWords } from "~/features/images/text/image-text.sql.server";
import { jsonColumn } from "~/features/json-column";
import { createPace, type Pace } from "~/features/pace";
import { writeListInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { jsonList, rowsFrom, sql, valuesOf } from "~/ports/sql.server";
import type { KeyRange } from "./index-ranges";

/** An object of a listing; times in epoch milliseconds. */
type ListedRow = {
  key: string;
  etag: string;
  bytes: number;
  modifiedAt: number;
  storageClass: string | null;
  archivedAs: string | null;
};

const listedColumns = {
  key: "text",
  etag: "text",
  bytes: "integer",
  modifiedAt: "integer",
  storageClass: "text",
  archivedAs: "text",
} as const;

const archiveClasses = valuesOf(LISTED_ARCHIVE_CLASSES);

const jsonNumbers = jsonColumn(z.array(z.number()));
const comparison = z.tuple([
  z.object({
    seenIds: jsonNumbers,
    staleAt: jsonNumbers,
    new: z.coerce.number(),
    changed: z.coerce.number(),
    back: z.coerce.number(),
  }),
]);

/**
 * Which of these objects have a row (`seenIds`), which need one written (`staleAt`, positions in `rows`), and why.
 * One row comes back however many objects there are: marshalling a thousand would cost more than the query.
 */
export async function compareWithIndex(db: Db, rows: ListedRow[]) {
  const found = await db.$queryRaw`
    SELECT ${jsonList(sql`i."id"`)} FILTER (WHERE i."id" IS NOT NULL) AS "seenIds",
           ${jsonList(sql`o."position"`)} FILTER (
             WHERE i."id" IS NULL OR i."goneAt" IS NOT NULL OR i."etag" <> o."etag"
                OR i."bytes" <> o."bytes" OR i."modifiedAt" <> o."modifiedAt"
                OR i."storageClass" IS DISTINCT FROM o."storageClass"
                OR (i."archivedAs" IS DISTINCT FROM o."archivedAs"
                    AND (o."archivedAs" IS NOT NULL
                         OR i."storageClass" IN ${archiveClasses}))) AS "staleAt",
           count(*) FILTER (WHERE i."id" IS NULL) AS "new",
           count(*) FILTER (WHERE i."goneAt" IS NULL
             AND (i."etag" <> o."etag" OR i."bytes" <> o."bytes")) AS "changed",
           count(*) FILTER (WHERE i."goneAt" IS NOT NULL) AS "back"
      FROM ${rowsFrom(rows, listedColumns)} o LEFT JOIN "Image" i ON i."key" = o."key"`;
  return comparison.parse(found)[0];
}

type NewRow = ListedRow & { kind: ImageKind; ownerId: string | null };

/** Words of images take long: the first pieces are small. */
export const createImagePace = () => createPace(200);

/**
 * Writes what a listing said of these objects, with the owners that their keys name (of a merged one: with whom it was
 * merged into); returns the rows' ids. What was
 * derived from the bytes (size in pixels, thumbnail) stays: it names the ETag it came from, and so is seen as stale.
 * An owner that is already set stays too. So does what reading the bytes told of an archive tier that listings do not
 * show, for as long as the listing shows the same bytes in the same class.
 */
export async function upsertImages(db: Db, rows: NewRow[], pace: Pace): Promise<number[]> {
  const ids: number[] = [];
  const write = async (tx: Tx, some: NewRow[]) => {
    ids.push(...(await upsertSome(tx, some)));
    return some.length;
  };
  await writeListInPieces(db, rows, write, { pace });
  return ids;
}

/** As `upsertImages`, of a few and within a transaction. */
export async function upsertSome(tx: Tx, rows: NewRow[]): Promise<number[]> {
  const objects = rowsFrom(rows, { ...listedColumns, kind: "text", ownerId: "text" });
  await tx.$executeRaw`
      INSERT INTO "Owner" ("id", "name", "createdAt")
      SELECT o."ownerId", o."ownerId", min(o."modifiedAt") FROM ${objects} o WHERE o."ownerId" IS NOT NULL
       GROUP BY o."ownerId"
          ON CONFLICT ("id") DO NOTHING`;
  const written = await tx.$queryRaw`
      WITH RECURSIVE ${survivors}
      INSERT INTO "Image" ("key", "etag", "bytes", "kind", "ownerId", "modifiedAt", "createdAt", "storageClass",
                           "archivedAs", "isTextDue")
      SELECT o."key", o."etag", o."bytes", o."kind", coalesce(s."ownerId", o."ownerId"), o."modifiedAt", o."modifiedAt",
             o."storageClass", o."archivedAs", false
        FROM ${objects} o LEFT JOIN survivor s ON s."mergedId" = o."ownerId" WHERE true
          ON CONFLICT ("key") DO UPDATE SET "etag" = excluded."etag", "bytes" = excluded."bytes",
             "modifiedAt" = excluded."modifiedAt", "goneAt" = NULL, "storageClass" = excluded."storageClass", "isTextDue" = false,
             "archivedAs" = CASE
               WHEN excluded."archivedAs" IS NULL AND "Image"."etag" = excluded."etag"
                AND "Image"."storageClass" IS NOT DISTINCT FROM excluded."storageClass"
                AND coalesce(excluded."storageClass", '') NOT IN ${archiveClasses}
               THEN "Image"."archivedAs" ELSE excluded."archivedAs" END
      RETURNING "id"`;
  const ids = z
    .array(z.object({ id: z.coerce.number() }))
    .parse(written)
    .map(({ id }) => id);
  await writeWords(tx, ids);
  return ids;
}

/** Conditions on a key, where null is no bound. */
const isBelow = (bound: string | null) => (bound === null ? sql`true` : sql`"key" < ${bound}`);
const isUpTo = (last: string | null) => (last === null ? sql`true` : sql`"key" <= ${last}`);

/** Whether the index knows a present image of the range that lies before or behind its one folder. */
export async function hasImagesBeside(
  db: Db,
  prefix: string,
  { after, last, folder }: KeyRange & { folder: string | null },
): Promise<boolean> {
  if (folder === null) return false;
  const found = await db.$queryRaw`
    SELECT EXISTS (SELECT 1 FROM "Image" WHERE "key" >= ${after ?? prefix} AND "key" < ${folder} AND "goneAt" IS NULL)
        OR EXISTS (SELECT 1 FROM "Image" WHERE "key" >= ${prefixUpperBound(folder)} AND "goneAt" IS NULL
                      AND ${isBelow(prefixUpperBound(prefix))} AND ${isUpTo(last)}) AS "has"`;
  const [{ has }] = z.tuple([z.object({ has: z.coerce.boolean() })]).parse(found);
  return has;
}

const PAGE = 5_000;
const livePage = z.tuple([z.object({ ids: jsonNumbers, lastKey: z.string().nullable() })]);

/**
 * Marks as gone what a listing of a prefix's keys, complete from `after` to `last`, did not show; returns how many. What
 * was written after the listing began may have come behind its back and stays.
 */
export async function markGone(
  db: Db,
  scan: { prefix: string; range: KeyRange; seen: ReadonlySet<number>; startedAt: Date },
): Promise<number> {
  const { prefix, range, seen, startedAt } = scan;
  const bound = prefixUpperBound(prefix);
  const pace = createPace();
  let gone = 0;
  for (let from = range.after ?? prefix; ; ) {
    // The last row of a page is read again
    // as the first of the next: by then it is seen or marked. A range begins behind its first key, which has no row:
    // folders have none.
    const found = await db.$queryRaw`
      SELECT ${jsonList(sql`"id"`)} AS "ids", max("key") AS "lastKey" FROM (
        SELECT "id", "key" FROM "Image"
         WHERE "key" >= ${from} AND ${isBelow(bound)} AND ${isUpTo(range.last)}
           AND "goneAt" IS NULL
         ORDER BY "key" LIMIT ${PAGE})`;
    const [{ ids, lastKey }] = livePage.parse(found);
    const missing = ids.filter((id) => !seen.has(id));
    gone += await writeListInPieces(
      db,
      missing,
      (tx, some) => tx.$executeRaw`
        UPDATE "Image" SET "goneAt" = ${startedAt.getTime()}
         WHERE "id" IN ${valuesOf(some)}
           AND "goneAt" IS NULL AND "modifiedAt" < ${startedAt.getTime()}`,
      { pace },
    );
    if (ids.length < PAGE || lastKey === null) return gone;
    from = lastKey;
  }
}
