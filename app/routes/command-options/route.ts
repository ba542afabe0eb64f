import type { LoaderFunctionArgs } from "@remix-run/node";
import { listGroupNames } from "~/features/attribute-groups/list-group-names.server";
import { matcherOf } from "~/features/images/text/search-text";
import { findOwners } from "~/features/owners/find-owners.sql.server";
import { listViews } from "~/features/saved-views/list-views.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** Of each kind: a list that is read at a glance. */
const OFFERED = 5;

/** What the command palette finds by name: owners, attribute groups, and saved views. `text` tells whose answer it is. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id: operatorId } = await requireOperator({ request, context }, "viewer");
  const text = (new URL(request.url).searchParams.get("text") ?? "").trim();
  if (text === "") return { text, owners: [], groups: [], views: [] };
  const matches = matcherOf(text);
  const [owners, roots, views] = await Promise.all([
    findOwners(context.ports.db, { text, limit: OFFERED }),
    listGroupNames(context.ports),
    listViews(context.ports, { operatorId }),
  ]);
  const groups = roots.flatMap(({ root, groups: names }) => names.filter(matches).map((name) => ({ root, name })));
  return {
    text,
    owners,
    groups: groups.slice(0, OFFERED),
    views: views.filter(({ name }) => matches(name)).slice(0, OFFERED),
  };
}
