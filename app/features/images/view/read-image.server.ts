import { isUnreadable } from "~/features/images/unreadable.server";
import type { Db } from "~/ports/db.server";

export type ImageFacts = NonNullable<Awaited<ReturnType<typeof readImage>>>;

/** What is known of one image, its pixels and type only as far as they are of its present bytes; null: there is none. */
export async function readImage(db: Db, id: number) {
  const row = await db.image.findUnique({ where: { id }, include: { owner: { select: { name: true } } } });
  if (!row) return null;
  const isRead = row.readEtag === row.etag;
  return {
    id,
    key: row.key,
    etag: row.etag,
    kind: row.kind,
    bytes: Number(row.bytes),
    ownerId: row.ownerId,
    ownerName: row.owner?.name ?? null,
    isRead,
    contentType: isRead ? row.contentType : null,
    width: isRead ? row.width : null,
    height: isRead ? row.height : null,
    unreadable: isUnreadable(row) ? row.unreadable : null,
    thumbnail: row.thumbnailEtag === null ? "missing" : row.thumbnailEtag === row.etag ? "made" : "stale",
    storageClass: row.storageClass,
    archivedAs: row.archivedAs,
    goneAt: row.goneAt,
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
  } as const;
}
