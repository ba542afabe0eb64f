import { keysBelow } from "~/features/images/key-layout";
import { unreadableImages } from "~/features/images/unreadable.server";
import type { Db } from "~/ports/db.server";

/**
 * Readable images below a folder with one of these ETags, to show what an object looked like wherever it lies now.
 * @param input.etags a page's worth: at most some hundred
 * @returns by ETag, the id of an image
 */
export async function findPictures(
  db: Db,
  { prefix, etags }: { prefix: string; etags: string[] },
): Promise<Record<string, number>> {
  const images = await db.image.findMany({
    where: {
      key: keysBelow(prefix),
      etag: { in: [...new Set(etags)] },
      goneAt: null,
      NOT: unreadableImages(db),
    },
    select: { id: true, etag: true },
    orderBy: { id: "asc" },
  });
  return Object.fromEntries(images.map(({ id, etag }) => [etag, id]));
}
