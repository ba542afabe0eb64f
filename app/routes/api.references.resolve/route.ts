import type { LoaderFunctionArgs } from "@remix-run/node";
import { resolveReferences } from "~/features/attribute-groups/references/resolve-references.server";
import { answerJson } from "~/web/server/api.server";
import { requireBearer } from "~/web/server/require-bearer.server";
import { parseReferenceQuery } from "./query";

/** The image agent asks which reference images to draw with. docs/operations.md, "The image agent", shows how. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireBearer({ request, context }, context.env.REFERENCE_TOKEN);
  return answerJson(() => resolveReferences(context.ports, parseReferenceQuery(new URL(request.url).searchParams)));
}
