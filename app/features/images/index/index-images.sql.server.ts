/**
 * The image index against a listing, in SQLite's dialect: a page of objects travels as one JSON parameter, and every
 * write is one short transaction. SQLite compares keys as UTF-8 bytes, which is S3's order.
 */
import { z } from "zod";
import { LISTED_ARCHIVE_CLASSES } from "~/features/images/archived";
import { type ImageKind, prefixUpperBound } from "~/features/images/key-layout";
import type { Db } from "~/ports/db.server";
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

const archiveClasses = JSON.stringify(LISTED_ARCHIVE_CLASSES);

const jsonNumbers = z.string().transform((text) => z.array(z.number()).parse(JSON.parse(text)));
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
    SELECT json_group_array(i."id") FILTER (WHERE i."id" IS NOT NULL) AS "seenIds",
           json_group_array(o."key") FILTER (
             WHERE i."id" IS NULL OR i."goneAt" IS NOT NULL OR i."etag" <> o."value"->>'etag'
                OR i."bytes" <> o."value"->>'bytes' OR i."modifiedAt" <> o."value"->>'modifiedAt'
                OR i."storageClass" IS NOT o."value"->>'storageClass'
                OR (i."archivedAs" IS NOT o."value"->>'archivedAs'
                    AND (o."value"->>'archivedAs' IS NOT NULL
                         OR i."storageClass" IN (SELECT "value" FROM json_each(${archiveClasses}))))) AS "staleAt",
           count(*) FILTER (WHERE i."id" IS NULL) AS "new",
           count(*) FILTER (WHERE i."goneAt" IS NULL
             AND (i."etag" <> o."value"->>'etag' OR i."bytes" <> o."value"->>'bytes')) AS "changed",
           count(*) FILTER (WHERE i."goneAt" IS NOT NULL) AS "back"
      FROM json_each(${JSON.stringify(rows)}) o LEFT JOIN "Image" i ON i."key" = o."value"->>'key'`;
  return comparison.parse(found)[0];
}

/**
 * Writes what a listing said of these objects, with the owners that their keys name; returns the rows' ids. What was
 * derived from the bytes (size in pixels, thumbnail) stays: it names the ETag it came from, and so is seen as stale.
 * An owner that is already set stays too. So does what reading the bytes told of an archive tier that listings do not
 * show, for as long as the listing shows the same bytes in the same class.
 */
export async function upsertImages(
  db: Db,
  rows: (ListedRow & { kind: ImageKind; ownerId: string | null })[],
): Promise<number[]> {
  if (rows.length === 0) return [];
  const json = JSON.stringify(rows);
  return db.$write(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "Owner" ("id", "name", "createdAt")
      SELECT o."value"->>'ownerId', o."value"->>'ownerId', min(o."value"->>'modifiedAt')
        FROM json_each(${json}) o WHERE o."value"->>'ownerId' IS NOT NULL GROUP BY 1
          ON CONFLICT ("id") DO NOTHING`;
    const written = await tx.$queryRaw`
      INSERT INTO "Image" ("key", "etag", "bytes", "kind", "ownerId", "modifiedAt", "createdAt", "storageClass",
                           "archivedAs")
      SELECT o."value"->>'key', o."value"->>'etag', o."value"->>'bytes', o."value"->>'kind', o."value"->>'ownerId',
             o."value"->>'modifiedAt', o."value"->>'modifiedAt', o."value"->>'storageClass', o."value"->>'archivedAs'
        FROM json_each(${json}) o WHERE true
          ON CONFLICT ("key") DO UPDATE SET "etag" = excluded."etag", "bytes" = excluded."bytes",
             "modifiedAt" = excluded."modifiedAt", "goneAt" = NULL, "storageClass" = excluded."storageClass",
             "archivedAs" = CASE
               WHEN excluded."archivedAs" IS NULL AND "Image"."etag" = excluded."etag"
                AND "Image"."storageClass" IS excluded."storageClass"
                AND coalesce(excluded."storageClass", '') NOT IN (SELECT "value" FROM json_each(${archiveClasses}))
               THEN "Image"."archivedAs" ELSE excluded."archivedAs" END
      RETURNING "id"`;
    return z
      .array(z.object({ id: z.coerce.number() }))
      .parse(written)
      .map((row) => row.id);
  });
}

/** Whether the index knows a present image of the range that lies before or behind its one folder. */
export async function hasImagesBeside(
  db: Db,
  prefix: string,
  { after, last, folder }: KeyRange & { folder: string | null },
): Promise<boolean> {
  if (folder === null) return false;
  const bound = prefixUpperBound(prefix);
  const found = await db.$queryRaw`
    SELECT EXISTS (SELECT 1 FROM "Image" WHERE "key" >= ${after ?? prefix} AND "key" < ${folder} AND "goneAt" IS NULL)
        OR EXISTS (SELECT 1 FROM "Image" WHERE "key" >= ${prefixUpperBound(folder)} AND "goneAt" IS NULL
                      AND "key" < coalesce(${bound}, x'') AND "key" <= coalesce(${last}, x'')) AS "has"`;
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
  let gone = 0;
  for (let from = range.after ?? prefix; ; ) {
    // An empty blob is greater than any text, so it stands for "no upper bound". The last row of a page is read again
    // as the first of the next: by then it is seen or marked. A range begins behind its first key, which has no row:
    // folders have none.
    const found = await db.$queryRaw`
      SELECT json_group_array("id") AS "ids", max("key") AS "lastKey" FROM (
        SELECT "id", "key" FROM "Image"
         WHERE "key" >= ${from} AND "key" < coalesce(${bound}, x'') AND "key" <= coalesce(${range.last}, x'')
           AND "goneAt" IS NULL
         ORDER BY "key" LIMIT ${PAGE})`;
    const [{ ids, lastKey }] = livePage.parse(found);
    const missing = ids.filter((id) => !seen.has(id));
    if (missing.length > 0) {
      gone += await db.$executeRaw`
        UPDATE "Image" SET "goneAt" = ${startedAt.getTime()}
         WHERE "id" IN (SELECT "value" FROM json_each(${JSON.stringify(missing)}))
           AND "goneAt" IS NULL AND "modifiedAt" < ${startedAt.getTime()}`;
    }
    if (ids.length < PAGE || lastKey === null) return gone;
    from = lastKey;
  }
}
