/** What a search for duplicates reads of a million images, and what it writes, in SQLite's dialect. */

import { z } from "zod";
import { keysBelow } from "~/features/images/key-layout";
import { readFormat } from "~/features/images/query/image-states.sql.server";
import { jsonColumn } from "~/features/json-column";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { writeInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { allOf, jsonList, rowsFrom, type Sql, sql, valuesOf } from "~/ports/sql.server";

/** Of the newest search that is finished, or that none is. */
export const findNewestSearch = (db: Db) =>
  db.duplicateSearch.findFirst({ where: { finishedAt: { not: null } }, orderBy: { id: "desc" } });

/** Reference images are copies on purpose: a group has its own, wherever its attribute root lies. */
export async function notForReference(): Promise<Sql> {
  const { roots } = await loadLabelSchema();
  const outside = roots.map(({ prefix }) => {
    const { gte, lt = "" } = keysBelow(prefix);
    return sql`NOT (i."key" >= ${gte} AND i."key" < ${lt})`;
  });
  return allOf([sql`i."kind" <> 'reference'`, ...outside]);
}

export type Member = { imageId: number; etag: string; bytes: number };

const copies = z.array(
  z.object({
    ownerId: z.string().nullable(),
    bytes: z.coerce.number(),
    ids: jsonColumn(z.array(z.number())),
    etags: jsonColumn(z.array(z.string())),
  }),
);

/** Images of one owner, or of none, that have the same bytes, the first one first; of all whose SHA-256 begins with a digit. */
export async function readCopies(
  db: Db,
  digit: string,
  isCompared: Sql,
): Promise<{ ownerId: string | null; members: Member[] }[]> {
  const found = await db.$queryRaw`
    SELECT i."ownerId", min(i."bytes") AS "bytes", ${jsonList(sql`i."id"`, sql`i."id"`)} AS "ids",
           ${jsonList(sql`i."etag"`, sql`i."id"`)} AS "etags"
      FROM "Image" i
     WHERE i."sha256" >= ${digit} AND i."sha256" < ${`${digit}g`} AND i."readEtag" = i."etag" AND i."goneAt" IS NULL AND ${isCompared}
     GROUP BY i."sha256", i."ownerId" HAVING count(*) > 1`;
  return copies.parse(found).map(({ ownerId, bytes, ids, etags }) => ({
    ownerId,
    members: ids.map((imageId, at) => ({ imageId, etag: etags[at] ?? "", bytes })),
  }));
}

const looks = z.array(
  z.object({ imageId: z.coerce.number(), ownerId: z.string().nullable(), perceptualHash: z.string() }),
);
export type Looks = z.infer<typeof looks>;

/** The next images whose looks are known as they are now, by id. */
export async function readLooks(
  db: Db,
  { after, limit, isCompared }: { after: number; limit: number; isCompared: Sql },
): Promise<Looks> {
  const found = await db.$queryRaw`
    SELECT l."imageId", i."ownerId", l."perceptualHash" FROM "ImageLook" l JOIN "Image" i ON i."id" = l."imageId"
     WHERE l."imageId" > ${after} AND l."etag" = i."etag" AND i."goneAt" IS NULL AND ${isCompared} ORDER BY l."imageId" LIMIT ${limit}`;
  return looks.parse(found);
}

const members = z.array(z.object({ imageId: z.coerce.number(), etag: z.string(), bytes: z.coerce.number() }));

export async function readMembers(db: Db, ids: readonly number[]): Promise<Map<number, Member>> {
  const found = await db.$queryRaw`
    SELECT i."id" AS "imageId", i."etag", i."bytes" FROM "Image" i WHERE i."id" IN ${valuesOf(ids)}`;
  return new Map(members.parse(found).map((member) => [member.imageId, member]));
}

const unread = z.tuple([z.object({ images: z.coerce.number() })]);

/** How many images are there whose bytes nobody has read. */
export async function countUnread(db: Db, isCompared: Sql): Promise<number> {
  const found = await db.$queryRaw`
    SELECT count(*) AS "images" FROM "Image" i WHERE ${readFormat} = 'unread' AND i."goneAt" IS NULL AND ${isCompared}`;
  return unread.parse(found)[0].images;
}

export type GroupRow = {
  id: number;
  kind: "same" | "alike";
  ownerId: string | null;
  images: number;
  spareBytes: number;
};

export const insertGroups = (tx: Tx, searchId: number, groups: readonly GroupRow[]) => tx.$executeRaw`
  INSERT INTO "DuplicateGroup" ("id", "searchId", "kind", "ownerId", "images", "spareBytes")
  SELECT g."id", ${searchId}, g."kind", g."ownerId", g."images", g."spareBytes" FROM ${rowsFrom(groups, {
    id: "integer",
    kind: "text",
    ownerId: "text",
    images: "integer",
    spareBytes: "integer",
  })} g`;

export type MemberRow = { groupId: number; imageId: number; etag: string; distance: number };

export const insertMembers = (tx: Tx, rows: readonly MemberRow[]) => tx.$executeRaw`
  INSERT INTO "DuplicateImage" ("groupId", "imageId", "etag", "distance")
  SELECT m."groupId", m."imageId", m."etag", m."distance" FROM ${rowsFrom(rows, {
    groupId: "integer",
    imageId: "integer",
    etag: "text",
    distance: "integer",
  })} m`;

type Writing = { signal: AbortSignal; hold: (tx: Tx) => Promise<void> };

/** Removes every search but the one that pages show: those before it, and what was interrupted. */
export async function removeFormerSearches(db: Db, writing: Writing): Promise<void> {
  const shown = (await findNewestSearch(db))?.id ?? 0;
  await writeInPieces(
    db,
    (tx, size) => tx.$executeRaw`
      DELETE FROM "DuplicateImage" WHERE ("groupId", "imageId") IN (
        SELECT d."groupId", d."imageId" FROM "DuplicateGroup" g JOIN "DuplicateImage" d ON d."groupId" = g."id"
         WHERE g."searchId" <> ${shown} LIMIT ${size})`,
    writing,
  );
  await writeInPieces(
    db,
    (tx, size) => tx.$executeRaw`
      DELETE FROM "DuplicateGroup" WHERE "id" IN (
        SELECT "id" FROM "DuplicateGroup" WHERE "searchId" <> ${shown} LIMIT ${size})`,
    writing,
  );
  await db.$write(async (tx) => {
    await writing.hold(tx);
    await tx.duplicateSearch.deleteMany({ where: { id: { not: shown } } });
  });
}
