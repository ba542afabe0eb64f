import type { LoaderFunctionArgs } from "@remix-run/node";
import { listImages } from "~/features/images/browse/list-images.sql.server";
import { permanentAddress } from "~/features/images/permanent-address";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Ports } from "~/ports/index.server";
import { parseImageListQuery } from "~/web/api/image-list-query";
import { answerJson } from "~/web/server/api.server";
import { requireApiClient } from "~/web/server/require-api-client.server";

/** Programs list images as the images page does. docs/api.md shows how. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireApiClient({ request, context });
  return answerJson(async () => {
    const schema = await loadLabelSchema();
    const asked = parseImageListQuery(new URL(request.url).searchParams, schema);
    const page = await listImages(context.ports, { ...asked, schema });
    return { ...page, images: page.images.map((image) => ({ ...image, ...addressOf(image, context.ports) })) };
  });
}

const addressOf = ({ key, goneAt }: { key: string; goneAt: Date | null }, { settings }: Pick<Ports, "settings">) =>
  goneAt === null ? permanentAddress(key, settings) : { address: null, servedBy: null };
