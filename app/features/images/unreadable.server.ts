import type { Db, Prisma } from "~/ports/db.server";

/**
 * Images whose present bytes are known to be no usable picture. What was read of former bytes says nothing about these, so
 * an image that was replaced is none of them until someone has read it again.
 */
export function unreadableImages(db: Db): Prisma.ImageWhereInput {
  return { unreadableClass: { not: null }, readEtag: { equals: db.image.fields.etag } };
}

/** What is in the bucket and, as far as it was read, an image. */
export function presentImages(db: Db): Prisma.ImageWhereInput {
  return { goneAt: null, NOT: { AND: [unreadableImages(db), { unreadableClass: "not-an-image" }] } };
}

/** The same as `unreadableImages` of a row that was read. */
export function isUnreadable(image: {
  etag: string;
  readEtag: string | null;
  unreadableClass: string | null;
}): boolean {
  return image.unreadableClass !== null && image.readEtag === image.etag;
}
