import { findAlike } from "~/features/duplicates/find-alike.server";
import type { Known } from "~/features/images/query/image-query.sql.server";
import type { Ports } from "~/ports/index.server";
import { findNear } from "./find-near.server";
import { fuse } from "./fuse";
import type { FoundImage, ImageSearch } from "./image-search";
import { rankByWords } from "./rank-by-words.sql.server";

/** How deep both rankings are at least when they are merged: else it would depend on how many are asked for which come first. */
const DEEPEST = 120;

type Deps = Pick<Ports, "db" | "clock" | "log" | "model">;

type Asked = ImageSearch & {
  /** labels/schema.json */
  schema: Omit<Known, "now">;
  /** Images to find at most. */
  limit: number;
  signal?: AbortSignal;
};

/**
 * The images that fit a search best: by the words that they have, and by what they show, merged by reciprocal rank. The
 * filters of the search hold for each.
 * @returns `missing`: why likeness was not looked for, or not wholly, as a sentence; words were searched all the same
 * @throws DomainError "not-found" for an image that there is not
 */
export async function findBest(deps: Deps, asked: Asked): Promise<{ found: FoundImage[]; missing: string | null }> {
  const { find, like, query, schema } = asked;
  const limit = Math.max(asked.limit, DEEPEST);
  const { similarities, missing } = await findNear(deps, { ...asked, limit });
  const byWords = find === null ? [] : await rankByWords(deps, { text: find, query, schema, limit });
  const words = new Map(byWords.map((one) => [one.id, one.words]));
  const best = fuse({
    // Measured: what has half of what was asked for is worth a quarter (docs/decisions/066-words-and-likeness-are-merged-by-rank.md).
    words: byWords.map(({ id, share }) => ({ id, counts: share ** 2 })),
    likeness: [...similarities.keys()].map((id) => ({ id, counts: 1 })),
  }).slice(0, asked.limit);
  const alike = await findAlike(deps.db, [...(like === null ? [] : [like]), ...best.map(({ id }) => id)]);
  const found = best.map(({ id }) => ({
    id,
    why: { words: words.get(id) ?? null, similarity: similarities.get(id) ?? null },
    nearDuplicateOf: alike.get(id) ?? null,
  }));
  return { found, missing };
}
