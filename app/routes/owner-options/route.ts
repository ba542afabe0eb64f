import type { LoaderFunctionArgs } from "@remix-run/node";
import { findOwners } from "~/features/owners/find-owners.sql.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** More are found by more letters. */
const OFFERED = 20;

/** Owners to choose from, by a part of their name, id or email: /owner-options?text=mina. `text` tells whose answer it is. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const text = new URL(request.url).searchParams.get("text") ?? "";
  const owners = await findOwners(context.ports.db, { text, limit: OFFERED + 1 });
  return { text, owners: owners.slice(0, OFFERED), isCut: owners.length > OFFERED };
}
