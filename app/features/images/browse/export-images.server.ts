import { pagesByKey } from "~/features/pages-by-key";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { cursorOf, type ImageOrder } from "./image-order";
import type { ImageQuery } from "./image-query";
import type { Known } from "./image-query.sql.server";
import { type ImageCard, listImages } from "./list-images.sql.server";

const PAGE = 1_000;

/** All images that a query finds, in the order of their list, page by page: for an export. */
export function exportImages(
  ports: { db: Db; clock: Clock },
  { query, order, schema }: { query: ImageQuery; order: ImageOrder; schema: Omit<Known, "now"> },
): AsyncGenerator<ImageCard[]> {
  return pagesByKey(PAGE, async (last: ImageCard | undefined) => {
    const from = last ? { after: cursorOf(last, order) } : null;
    return (await listImages(ports, { query, order, from, limit: PAGE, schema })).images;
  });
}
