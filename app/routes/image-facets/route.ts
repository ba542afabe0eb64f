import type { LoaderFunctionArgs } from "@remix-run/node";
import { countImages } from "~/features/images/browse/count-images.sql.server";
import { readFacets } from "~/features/images/browse/read-facets.sql.server";
import { toImageAddress } from "~/features/images/query/image-address";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { parseImageList } from "~/web/image-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** How many images the page's query finds and what they are like; apart from the page, which does not wait for it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { query } = parseImageList(new URL(request.url).searchParams);
  const schema = await loadLabelSchema();
  const { facets, lookedAt, isExact } = await readFacets(context.ports, { query, schema });
  const counted = await countImages(context.ports, { query, schema });
  return { ...counted, facets, lookedAt, isSampled: !isExact, address: String(toImageAddress(query)) };
}
