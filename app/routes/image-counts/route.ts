import type { LoaderFunctionArgs } from "@remix-run/node";
import { countImages } from "~/features/images/browse/count-images.sql.server";
import { toImageAddress } from "~/features/images/query/image-address";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { parseImageList } from "~/web/image-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** How many images a query finds, all of them counted: asked for where someone is about to change them all. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { query } = parseImageList(new URL(request.url).searchParams);
  const schema = await loadLabelSchema();
  const counted = await countImages(context.ports, { query, schema, exact: true });
  return { address: String(toImageAddress(query)), count: counted.count };
}
