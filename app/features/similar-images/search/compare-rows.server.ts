import { setImmediate as nextTurn } from "node:timers/promises";
import type { Known } from "~/features/images/query/image-query.sql.server";
import { readMatching } from "~/features/similar-images/vectors/embeddings.sql.server";
import { readVector, similarityOf } from "~/features/similar-images/vectors/space";
import type { Deps, Searching, Similar } from "./similar-search.server";

export type Compared = { id: number; imageId: number; score: number };

/** The rows of these ids that match, compared with the vector itself, the nearest first. */
export async function compare(
  deps: Deps,
  search: Searching,
  known: Known,
  ids: readonly number[],
): Promise<Compared[]> {
  const { space, vector, query, like } = search;
  const rows = await readMatching(deps.db, ids, { space, query, known });
  return rows
    .flatMap((row) => {
      const own = readVector(row.vector, space.dimensions);
      const isItself = "imageId" in like && row.imageId === like.imageId;
      return own && !isItself ? [{ id: row.id, imageId: row.imageId, score: similarityOf(vector, own) }] : [];
    })
    .sort((a, b) => b.score - a.score || a.imageId - b.imageId);
}

/** Rows that are read and compared at a time: some 8 ms. */
const COMPARED_AT_ONCE = 400;

/** The same of many rows, other work in between. */
export async function compareInPieces(deps: Deps, search: Searching, known: Known, ids: number[]): Promise<Compared[]> {
  const found: Compared[] = [];
  for (let from = 0; from < ids.length; from += COMPARED_AT_ONCE) {
    found.push(...(await compare(deps, search, known, ids.slice(from, from + COMPARED_AT_ONCE))));
    search.signal?.throwIfAborted();
    await nextTurn();
  }
  return found.sort((a, b) => b.score - a.score || a.imageId - b.imageId);
}

export const toFound = (found: readonly Compared[], k: number, isExact: boolean): Similar => ({
  kind: "found",
  images: found.slice(0, k).map(({ imageId, score }) => ({ imageId, similarity: score })),
  isExact,
});
