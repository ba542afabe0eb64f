/**
 * What `"Image" i` is like, one value each. Indexes have these expressions (prisma/migrations/0012_image_filters) and are used
 * only where they are written just so.
 */

import { type Sql, sql } from "~/ports/sql.server";

/** Whether it has a thumbnail: missing, made, or stale (of other bytes). */
export const thumbnailState: Sql = sql`CASE WHEN i."thumbnailEtag" IS NULL THEN 'missing' WHEN i."thumbnailEtag" = i."etag" THEN 'made' ELSE 'stale' END`;

/** Its content type, 'unread' before its bytes were read, NULL where they are no picture. */
export const readFormat: Sql = sql`CASE WHEN i."readEtag" = i."etag" THEN i."contentType" ELSE 'unread' END`;

/** Why its bytes are no picture; NULL where they are one, or were not read. */
export const readUnreadableClass: Sql = sql`CASE WHEN i."readEtag" = i."etag" THEN i."unreadableClass" END`;
