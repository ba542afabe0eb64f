import { DomainError } from "~/features/domain-error";
import { readCards } from "~/features/images/browse/read-cards.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Ports } from "~/ports/index.server";
import { findBest } from "./find-best.server";
import { parseImageSearch } from "./image-search-address";

const MOST = 120;

/**
 * What the page of best matches shows, in its order, for a shell.
 * @throws DomainError "invalid" for a search by nothing, or by what is not known; "conflict" where likeness alone was asked for and
 *   could not be
 */
export async function listBestMatches(ports: Ports, params: URLSearchParams): Promise<object[]> {
  const search = parseImageSearch(params);
  if (search.find === null && search.like === null) {
    throw new DomainError("invalid", "Say what to search: “find=…” takes words, “like=…” the number of an image.");
  }
  const { found, missing } = await findBest(ports, { ...search, schema: await loadLabelSchema(), limit: MOST });
  if (missing !== null && search.find === null) throw new DomainError("conflict", missing);
  const cards = await readCards(
    ports.db,
    found.map(({ id }) => id),
  );
  const keyOf = new Map(cards.map(({ id, key }) => [id, key]));
  return found.flatMap(({ id, why, nearDuplicateOf }) => {
    const key = keyOf.get(id);
    return key === undefined ? [] : [{ id, key, ...why, nearDuplicateOf }];
  });
}
