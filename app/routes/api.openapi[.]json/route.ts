import type { LoaderFunctionArgs } from "@remix-run/node";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { describeApi } from "~/web/api/document";
import { answerJson } from "~/web/server/api.server";
import { requireApiClient } from "~/web/server/require-api-client.server";

/** What programs may ask, for programs. It names roots and values, so it asks for a token as all below /api do. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireApiClient({ request, context });
  return answerJson(async () => describeApi(await loadLabelSchema(), { origin: context.env.PUBLIC_URL }));
}
