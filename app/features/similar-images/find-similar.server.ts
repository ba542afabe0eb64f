import { distrust, openSpace } from "./search/open-space.server";
import { readAsked } from "./search/read-asked.server";
import { searchOpened } from "./search/search-opened.server";
import type { Deps, Similar, SimilarSearch } from "./search/similar-search.server";

/**
 * The images whose vectors are nearest to one.
 * @throws DomainError "invalid" for a vector that has no direction or another length than the model's, or a query by something
 *   unknown; the signal's reason once that is aborted
 */
export async function findSimilar(deps: Deps, search: SimilarSearch): Promise<Similar> {
  const asked = await readAsked(deps, search);
  if ("kind" in asked) return asked;
  for (;;) {
    const opened = await openSpace(deps, asked.space);
    search.signal?.throwIfAborted();
    if (opened.kind === "building") return opened;
    if (!opened.index && opened.recent.count() === 0) return { kind: "no-vectors" };
    const found = await searchOpened(deps, { ...search, ...asked }, opened);
    if (found !== "distrusted") return found;
    await distrust(deps, asked.space);
  }
}
