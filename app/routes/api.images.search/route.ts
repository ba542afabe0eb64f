import type { LoaderFunctionArgs } from "@remix-run/node";
import { findBest } from "~/features/image-search/find-best.server";
import { readCards } from "~/features/images/browse/read-cards.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { parseImageSearchQuery } from "~/web/api/image-search-query";
import { withAddress } from "~/web/api/with-address";
import { answerJson } from "~/web/server/api.server";
import { requireApiClient } from "~/web/server/require-api-client.server";

/** Programs search images as the page of best matches does. docs/api.md shows how. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireApiClient({ request, context });
  const { ports } = context;
  return answerJson(async () => {
    const schema = await loadLabelSchema();
    const asked = parseImageSearchQuery(new URL(request.url).searchParams, schema);
    const { found, missing } = await findBest(ports, { ...asked, schema, signal: request.signal });
    const factsOf = new Map(found.map(({ id, why, nearDuplicateOf }) => [id, { why, nearDuplicateOf }]));
    const cards = await readCards(ports.db, [...factsOf.keys()]);
    return { images: cards.map((card) => ({ ...withAddress(card, ports), ...factsOf.get(card.id) })), missing };
  });
}
