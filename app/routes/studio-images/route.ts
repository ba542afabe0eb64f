import type { LoaderFunctionArgs } from "@remix-run/node";
import { toStudioImage } from "~/features/drawing/studio/studio-image.server";
import { findBest } from "~/features/image-search/find-best.server";
import { parseImageSearch } from "~/features/image-search/image-search-address";
import { listImages } from "~/features/images/browse/list-images.sql.server";
import { readCards } from "~/features/images/browse/read-cards.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { parseImageList } from "~/web/image-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** More are found by other words. */
const OFFERED = 24;

/**
 * Images to draw from: the best matches of words and of an image that they should be like, each of them optional:
 * /studio-images?text=red%20scarf&like=314&kind=reference. Without both, the newest.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { ports } = context;
  const params = new URL(request.url).searchParams;
  const schema = await loadLabelSchema();
  if (!params.has("text") && !params.has("like")) {
    const { query, order } = parseImageList(params);
    const { images, after } = await listImages(ports, { query, order, from: null, limit: OFFERED, schema });
    return { options: images.map(toStudioImage), isCut: after !== null, missing: null };
  }
  const text = params.get("text");
  params.delete("text");
  if (text !== null) params.set("find", text);
  const asked = { ...parseImageSearch(params), schema, limit: OFFERED, signal: request.signal };
  const { found, missing } = await findBest(ports, asked);
  const ids = found.map(({ id }) => id);
  const cards = await readCards(ports.db, ids);
  return { options: cards.map(toStudioImage), isCut: found.length === OFFERED, missing };
}
