import { unreadableImages } from "~/features/images/unreadable.server";
import type { Db, Prisma } from "~/ports/db.server";

/**
 * Images that lack the thumbnail of their present bytes. What is known to be unreadable as it is now is none of them:
 * only other bytes can help it. Nor is what is archived: it cannot be read before someone restores it.
 */
function lacksThumbnail(db: Db): Prisma.ImageWhereInput {
  const { etag } = db.image.fields;
  return {
    goneAt: null,
    archivedAs: null,
    AND: [
      { OR: [{ thumbnailEtag: null }, { thumbnailEtag: { not: { equals: etag } } }] },
      { NOT: unreadableImages(db) },
    ],
  };
}

/** Archived images that a backfill would do if they could be read. */
function archivedImages(db: Db, force: boolean): Prisma.ImageWhereInput {
  return { ...(force ? {} : lacksThumbnail(db)), goneAt: null, archivedAs: { not: null } };
}

/** How many images lack a thumbnail that they could have. */
export function countMissingThumbnails(db: Db): Promise<number> {
  return db.image.count({ where: lacksThumbnail(db) });
}

/**
 * What a backfill plan says of the images that it leaves out; archived are those that lack a thumbnail, or all of them
 * with `force`.
 */
export async function countLeftOut(
  db: Db,
  { owner, force }: { owner: string | undefined; force: boolean },
): Promise<{ made: number; unreadable: number; archived: number }> {
  const current = { goneAt: null, ...(owner === undefined ? {} : { ownerId: owner }) };
  const [made, unreadable, archived] = await Promise.all([
    db.image.count({ where: { ...current, thumbnailEtag: { equals: db.image.fields.etag } } }),
    db.image.count({ where: { ...current, ...unreadableImages(db) } }),
    db.image.count({ where: { ...archivedImages(db, force), ...current } }),
  ]);
  return { made, unreadable, archived };
}

/**
 * One page of the images that a backfill is to do, by id after `afterId`; `bytes` of the original.
 * @param scope.archived instead, those that it leaves out because they are archived
 */
export function findImagesToThumbnail(
  db: Db,
  scope: { force: boolean; owner: string | undefined; afterId: number; limit: number; archived?: boolean },
) {
  const wanted = scope.force ? { goneAt: null, archivedAs: null } : lacksThumbnail(db);
  return db.image.findMany({
    where: {
      ...(scope.archived ? archivedImages(db, scope.force) : wanted),
      ...(scope.owner === undefined ? {} : { ownerId: scope.owner }),
      id: { gt: scope.afterId },
    },
    select: { id: true, key: true, etag: true, bytes: true, thumbnailEtag: true },
    orderBy: { id: "asc" },
    take: scope.limit,
  });
}
