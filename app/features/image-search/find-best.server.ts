import type { Known } from "~/features/images/query/image-query.sql.server";
import type { Ports } from "~/ports/index.server";
import { fuse } from "./fuse";
import type { FoundImage, ImageSearch } from "./image-search";
import { rankByWords } from "./rank-by-words.sql.server";

type Asked = ImageSearch & {
  /** labels/schema.json */
  schema: Omit<Known, "now">;
  /** Images to find at most. */
  limit: number;
};

/**
 * The images that fit a search best: by the words that they have, and by what they show, merged by reciprocal rank. The
 * filters of the search hold for each.
 */
export async function findBest(ports: Pick<Ports, "db" | "clock">, { find, query, schema, limit }: Asked) {
  const byWords = find === null ? [] : await rankByWords(ports, { text: find, query, schema, limit });
  const words = new Map(byWords.map((one) => [one.id, one.words]));
  const found: FoundImage[] = fuse({ words: [...words.keys()] })
    .slice(0, limit)
    .map(({ id }) => ({ id, why: { words: words.get(id) ?? null, similarity: null } }));
  return { found };
}
