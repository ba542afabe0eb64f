import { z } from "zod";
import { isUnreadable } from "~/features/images/unreadable.server";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { idsInOrder, jsonList, jsonObject, type Sql, sql } from "~/ports/sql.server";

const row = z.object({
  id: z.number(),
  key: z.string(),
  etag: z.string(),
  kind: z.string(),
  bytes: z.number(),
  readEtag: z.string().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  contentType: z.string().nullable(),
  unreadableClass: z.string().nullable(),
  unreadable: z.string().nullable(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  goneAt: z.number().nullable(),
  createdAt: z.number(),
  archivedAs: z.string().nullable(),
  thumbnailEtag: z.string().nullable(),
});
const cards = z.tuple([z.object({ rows: jsonColumn(z.array(row)) })]);

export type ImageCard = Awaited<ReturnType<typeof readCards>>[number];

/** What lists show of these images, in this order; without those that there are not. */
export const readCards = (db: Db, ids: readonly number[]) => readCardsOf(db, idsInOrder(ids), sql`p."position"`);

/**
 * The same of images that a statement finds: their `id`.
 * They come as one text: a list of many small values costs several times as much to read column by column.
 * @param sorted by columns of `"Image" i`, or of what finds them (`p`)
 */
export async function readCardsOf(db: Db, found: Sql, sorted: Sql) {
  const columns = jsonObject({
    id: sql`i."id"`,
    key: sql`i."key"`,
    etag: sql`i."etag"`,
    kind: sql`i."kind"`,
    bytes: sql`i."bytes"`,
    readEtag: sql`i."readEtag"`,
    width: sql`i."width"`,
    height: sql`i."height"`,
    contentType: sql`i."contentType"`,
    unreadableClass: sql`i."unreadableClass"`,
    unreadable: sql`i."unreadable"`,
    ownerId: sql`i."ownerId"`,
    ownerName: sql`o."name"`,
    goneAt: sql`i."goneAt"`,
    createdAt: sql`i."createdAt"`,
    archivedAs: sql`i."archivedAs"`,
    thumbnailEtag: sql`i."thumbnailEtag"`,
  });
  const read = await db.$queryRaw`
    SELECT ${jsonList(columns, sorted)} AS "rows" FROM ${found} p
     CROSS JOIN "Image" i ON i."id" = p."id" LEFT JOIN "Owner" o ON o."id" = i."ownerId"`;
  return cards.parse(read)[0].rows.map(({ readEtag, thumbnailEtag, unreadableClass, unreadable, ...image }) => {
    const isRead = readEtag === image.etag;
    const cannotBeRead = isUnreadable({ etag: image.etag, readEtag, unreadableClass });
    return {
      ...image,
      width: isRead ? image.width : null,
      height: isRead ? image.height : null,
      contentType: isRead ? image.contentType : null,
      isUnreadable: cannotBeRead,
      unreadable: cannotBeRead ? unreadable : null,
      goneAt: image.goneAt === null ? null : new Date(image.goneAt),
      createdAt: new Date(image.createdAt),
      hasThumbnail: thumbnailEtag === image.etag,
    };
  });
}
