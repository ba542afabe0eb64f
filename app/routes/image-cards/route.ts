import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { readCards } from "~/features/images/browse/read-cards.sql.server";
import { withPlaceholders } from "~/features/images/browse/with-placeholders.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** More than a list draws or keeps at its ends. */
const MOST = 500;

const ids = z
  .string()
  .transform((text) => text.split(",").map(Number))
  .pipe(z.array(z.number().int().positive()).max(MOST));

/** Images as they are now: `/image-cards?ids=3,14`. One that is unknown is left out. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const asked = ids.safeParse(new URL(request.url).searchParams.get("ids") ?? "");
  const { db } = context.ports;
  return { cards: asked.success ? await withPlaceholders(db, await readCards(db, asked.data)) : [] };
}
