import type { Db } from "~/ports/db.server";

/**
 * By key, the image that shows an object with just these bytes. One that was replaced and has not been
 * indexed since has none: its row would show the former picture.
 */
export async function findImageIds(db: Db, objects: { key: string; etag: string }[]): Promise<Map<string, number>> {
  const etags = new Map(objects.map(({ key, etag }) => [key, etag]));
  const rows = await db.image.findMany({
    where: { key: { in: [...etags.keys()] }, goneAt: null },
    select: { id: true, key: true, etag: true },
  });
  return new Map(rows.filter(({ key, etag }) => etags.get(key) === etag).map(({ id, key }) => [key, id]));
}
