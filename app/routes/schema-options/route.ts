import type { LoaderFunctionArgs } from "@remix-run/node";
import { listGroupNames } from "~/features/attribute-groups/list-group-names.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** What labels/schema.json offers to choose from: attributes with their values, and the groups of each root. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { attributes } = await loadLabelSchema();
  return {
    attributes: Object.entries(attributes).map(([name, { values }]) => ({ name, values })),
    roots: await listGroupNames(context.ports),
  };
}
