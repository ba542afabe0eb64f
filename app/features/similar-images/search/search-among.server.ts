import { setImmediate as nextTurn } from "node:timers/promises";
import { type ImageQuery, namesImages } from "~/features/images/query/image-query";
import type { Known } from "~/features/images/query/image-query.sql.server";
import { findFewImages, walkImages } from "~/features/similar-images/vectors/embeddings.sql.server";
import { compareInPieces, toFound } from "./compare-rows.server";
import type { Open } from "./open-space.server";
import type { Deps, Searching, Similar } from "./similar-search.server";

/** Images that one statement lists in some 20 ms. */
const LISTED_AT_ONCE = 20_000;
/** Codes tell roughly: so many of the nearest are compared exactly. */
const BY_CODE = 300;
/** Codes that are compared at a time: some 5 ms. */
const OFFERED_AT_ONCE = 50_000;

/** Compares all that the query finds by their codes, and the nearest of those exactly; more of them while some turn out to be gone. */
export async function searchAmong(
  deps: Deps,
  search: Searching,
  { known, few, opened: { index, recent } }: { known: Known; few: number[] | null; opened: Open },
): Promise<Similar> {
  const { vector, query, k, signal } = search;
  const imageIds = few ?? (await listImages(deps.db, query, { known, signal }));
  const isAsked = new Set(recent.count() > 0 ? imageIds : []);
  for (let most = Math.max(BY_CODE, 4 * k); ; most *= 8) {
    const byCode = index?.searchCodes(vector, most);
    for (let from = 0; from < imageIds.length; from += OFFERED_AT_ONCE) {
      for (const id of imageIds.slice(from, from + OFFERED_AT_ONCE)) byCode?.offer(id);
      await nextTurn();
    }
    const [coded, compared] = [byCode?.kept() ?? [], recent.search(vector, most, (id) => isAsked.has(id))];
    signal?.throwIfAborted();
    const found = await compareInPieces(
      deps,
      search,
      known,
      [...coded, ...compared].map(({ id }) => id),
    );
    const isAll = coded.length < most && compared.length < most;
    if (found.length >= k || isAll) return toFound(found, k, isAll || !index);
  }
}

/** The ids of all that a query finds. */
async function listImages(
  db: Deps["db"],
  query: ImageQuery,
  { known, signal }: { known: Known; signal: AbortSignal | undefined },
): Promise<number[]> {
  const few = namesImages(query) ? await findFewImages(db, query, { known, most: LISTED_AT_ONCE }) : null;
  if (few) return few;
  const imageIds: number[] = [];
  for await (const some of walkImages(db, query, known)) {
    for (const id of some) imageIds.push(id);
    signal?.throwIfAborted();
    await nextTurn();
  }
  return imageIds;
}
