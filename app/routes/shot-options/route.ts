import type { LoaderFunctionArgs } from "@remix-run/node";
import { listImages } from "~/features/images/browse/list-images.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { describeOptions } from "~/features/labeling/editing/expected-labels.server";
import { parseImageList } from "~/web/image-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** More are found by other words. */
const OFFERED = 24;

/**
 * Images to choose an example or a trial from, by an image query, each with the labels that are known of it:
 * /shot-options?root=Model&text=warm.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { query, order } = parseImageList(new URL(request.url).searchParams);
  const schema = await loadLabelSchema();
  const { images, after } = await listImages(context.ports, { query, order, from: null, limit: OFFERED, schema });
  return { options: await describeOptions(context.ports.db, images, schema), isCut: after !== null };
}
