import { namesImages } from "~/features/images/query/image-query";
import { findFewImages } from "~/features/similar-images/vectors/embeddings.sql.server";
import type { Scored } from "~/features/similar-images/vectors/nearest";
import { type Compared, compare, toFound } from "./compare-rows.server";
import type { Open } from "./open-space.server";
import { searchAmong } from "./search-among.server";
import type { Deps, Searching, Similar } from "./similar-search.server";

/** Rows that the index is asked for beyond k: some are gone, and float16 swaps some that are almost as near. */
const BESIDE = 24;
/** And where a query leaves some out: enough for those that find one in ten. */
const BESIDE_FILTER = 200;
/** Images that are listed and compared by their codes sooner than the index is asked for enough of them. */
const FEW = 3_000;
/** How far an index's float16 may be from the row itself. */
const SCORE_WITHIN = 0.02;

/**
 * Asks the index first, and checks what it finds. Where a query leaves too little of that, what the query finds is looked at instead,
 * by codes.
 */
export async function searchOpened(deps: Deps, search: Searching, opened: Open): Promise<Similar | "distrusted"> {
  const { query, k } = search;
  const known = { now: deps.clock.now(), ...search.schema };
  const isFiltered = namesImages(query) && !query.all;
  const few = isFiltered ? await findFewImages(deps.db, query, { known, most: FEW }) : null;
  if (!few) {
    const most = k + 1 + (isFiltered ? BESIDE_FILTER : BESIDE);
    const near = nearest(opened, search.vector, most);
    const found = await compare(deps, search, known, near.candidates);
    if (isDistrusted(found, near.byIndex)) return "distrusted";
    const last = found.at(k - 1);
    const isEnough = near.isAll || (last && last.score >= near.beyond);
    if (isEnough) return toFound(found, k, near.isAll || !opened.index);
  }
  return searchAmong(deps, search, { known, few, opened });
}

/** What an index and the recent vectors have near; anything else has a score of at most `beyond`. */
function nearest({ index, recent }: Open, vector: Float32Array, most: number) {
  const byIndex = index?.search(vector, most) ?? [];
  const byComparing = recent.search(vector, most);
  const floors = [byIndex, byComparing].map((found) => (found.length < most ? -1 : (found.at(-1)?.score ?? -1)));
  const candidates = [...byIndex, ...byComparing].sort((a, b) => b.score - a.score).slice(0, most);
  const dropped = byIndex.length + byComparing.length > most ? (candidates.at(-1)?.score ?? -1) : -1;
  const isAll = byIndex.length + byComparing.length < most && byIndex.length === (index?.said.count ?? 0);
  return { candidates: candidates.map(({ id }) => id), byIndex, beyond: Math.max(...floors, dropped), isAll };
}

/** Whether an index has other vectors under some ids than the database: it was made of another one's, whatever it says of itself. */
function isDistrusted(found: readonly Compared[], byIndex: readonly Scored[]): boolean {
  const said = new Map(byIndex.map(({ id, score }) => [id, score]));
  return found.some(({ id, score }) => Math.abs((said.get(id) ?? score) - score) > SCORE_WITHIN);
}
