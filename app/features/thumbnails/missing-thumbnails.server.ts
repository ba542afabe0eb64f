import { unreadableImages } from "~/features/images/unreadable.server";
import type { Db, Prisma } from "~/ports/db.server";

/**
 * Images that lack the thumbnail of their present bytes. What is known to be unreadable as it is now is none of them:
 * only other bytes can help it.
 */
function lacksThumbnail(db: Db): Prisma.ImageWhereInput {
  const { etag } = db.image.fields;
  return {
    goneAt: null,
    AND: [
      { OR: [{ thumbnailEtag: null }, { thumbnailEtag: { not: { equals: etag } } }] },
      { NOT: unreadableImages(db) },
    ],
  };
}

/** How many images lack a thumbnail that they could have. */
export function countMissingThumbnails(db: Db): Promise<number> {
  return db.image.count({ where: lacksThumbnail(db) });
}

/** What a backfill plan says of the images that it leaves out. `owner` undefined: of all images. */
export async function countLeftOut(db: Db, owner: string | undefined): Promise<{ made: number; unreadable: number }> {
  const current = { goneAt: null, ...(owner === undefined ? {} : { ownerId: owner }) };
  const [made, unreadable] = await Promise.all([
    db.image.count({ where: { ...current, thumbnailEtag: { equals: db.image.fields.etag } } }),
    db.image.count({ where: { ...current, ...unreadableImages(db) } }),
  ]);
  return { made, unreadable };
}

/** One page of the images that a backfill is to do, by id after `afterId`; `bytes` of the original. */
export function findImagesToThumbnail(
  db: Db,
  scope: { force: boolean; owner: string | undefined; afterId: number; limit: number },
) {
  return db.image.findMany({
    where: {
      ...(scope.force ? { goneAt: null } : lacksThumbnail(db)),
      ...(scope.owner === undefined ? {} : { ownerId: scope.owner }),
      id: { gt: scope.afterId },
    },
    select: { id: true, key: true, etag: true, bytes: true, thumbnailEtag: true },
    orderBy: { id: "asc" },
    take: scope.limit,
  });
}
