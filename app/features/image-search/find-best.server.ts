import type { Known } from "~/features/images/query/image-query.sql.server";
import type { Ports } from "~/ports/index.server";
import { findNear } from "./find-near.server";
import { fuse } from "./fuse";
import type { FoundImage, ImageSearch } from "./image-search";
import { rankByWords } from "./rank-by-words.sql.server";

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
  const { find, query, schema, limit } = asked;
  const { similarities, missing } = await findNear(deps, asked);
  const byWords = find === null ? [] : await rankByWords(deps, { text: find, query, schema, limit });
  const words = new Map(byWords.map((one) => [one.id, one.words]));
  const found = fuse({ words: [...words.keys()], likeness: [...similarities.keys()] })
    .slice(0, limit)
    .map(({ id }) => ({ id, why: { words: words.get(id) ?? null, similarity: similarities.get(id) ?? null } }));
  return { found, missing };
}
