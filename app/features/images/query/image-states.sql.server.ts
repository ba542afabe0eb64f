/**
 * What `"Image" i` is like, one value each. Indexes have these expressions (prisma/migrations/0012_image_filters and
 * 0049_thumbnail_counts) and are used only where they are written just so.
 */

import { type Sql, sql, valuesOf } from "~/ports/sql.server";

/** Whether it has a thumbnail: missing, made, or stale (of other bytes). */
export const thumbnailState: Sql = sql`CASE WHEN i."thumbnailEtag" IS NULL THEN 'missing' WHEN i."thumbnailEtag" = i."etag" THEN 'made' ELSE 'stale' END`;

/** Its content type, 'unread' before its bytes were read, NULL where they are no picture. */
export const readFormat: Sql = sql`CASE WHEN i."readEtag" = i."etag" THEN i."contentType" ELSE 'unread' END`;

/** Why its bytes are no picture; NULL where they are one, or were not read. */
export const readUnreadableClass: Sql = sql`CASE WHEN i."readEtag" = i."etag" THEN i."unreadableClass" END`;

/** One of these states (`due` is two of them, where the bytes can be read); written so that the index on states finds it. */
export function thumbnailIs(states: readonly string[]): Sql {
  const plain = states.filter((state) => state !== "due");
  if (plain.length === states.length) return sql`${thumbnailState} IN ${valuesOf(states)}`;
  const named = plain.length > 0 ? sql`${thumbnailState} IN ${valuesOf(plain)}` : sql`1 = 0`;
  const canBeRead = sql`i."archivedAs" IS NULL AND ${readUnreadableClass} IS NULL`;
  return sql`(${thumbnailState} IN ${valuesOf([...plain, "missing", "stale"])} AND (${named} OR (${canBeRead})))`;
}
