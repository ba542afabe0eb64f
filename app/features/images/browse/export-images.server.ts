import type { ImageQuery } from "~/features/images/query/image-query";
import type { Known } from "~/features/images/query/image-query.sql.server";
import type { ImageSelection } from "~/features/images/query/image-selection";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { cursorOf, type ImageOrder } from "./image-order";
import { listImages } from "./list-images.sql.server";
import { type ImageCard, readCards } from "./read-cards.sql.server";

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

/** The images of a selection: those of a query in the order of their list, picked ones by their ids. Pages are never empty. */
export async function* exportSelection(
  ports: { db: Db; clock: Clock },
  { selection, order, schema }: { selection: ImageSelection; order: ImageOrder; schema: Omit<Known, "now"> },
): AsyncGenerator<ImageCard[]> {
  if ("ids" in selection) {
    const ids = [...new Set(selection.ids)].sort((a, b) => a - b);
    for (let from = 0; from < ids.length; from += PAGE) {
      const page = await readCards(ports.db, ids.slice(from, from + PAGE));
      if (page.length > 0) yield page;
    }
    return;
  }
  const except = new Set(selection.except);
  for await (const page of exportImages(ports, { query: selection.query, order, schema })) {
    const kept = page.filter(({ id }) => !except.has(id));
    if (kept.length > 0) yield kept;
  }
}
