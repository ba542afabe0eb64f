import type { LoaderFunctionArgs } from "@remix-run/node";
import { listGroupNames } from "~/features/attribute-groups/list-group-names.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** The attribute groups to choose from, by root. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  return { roots: await listGroupNames(context.ports) };
}
