import type { LoaderFunctionArgs } from "@remix-run/node";
import { resolveReferences } from "~/features/attribute-groups/references/resolve-references.server";
import { parseReferenceQuery } from "~/web/api/reference-query";
import { answerJson } from "~/web/server/api.server";
import { requireApiClient } from "~/web/server/require-api-client.server";

/** The image agent asks which reference images to draw with. docs/api.md shows how. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireApiClient({ request, context });
  return answerJson(() => resolveReferences(context.ports, parseReferenceQuery(new URL(request.url).searchParams)));
}
