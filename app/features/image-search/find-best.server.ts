import { DomainError } from "~/features/domain-error";
import type { Known } from "~/features/images/query/image-query.sql.server";
import { findSimilar, type Similar } from "~/features/similar-images/find-similar.server";
import type { Ports } from "~/ports/index.server";
import { fuse } from "./fuse";
import { explainMissing, type FoundImage, type ImageSearch } from "./image-search";
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
 * The images that fit a search best: by the words that they have, and by how near their vectors are to that of an image, merged
 * by reciprocal rank. The filters of the search hold for each.
 * @returns `missing`: why likeness found nothing, as a sentence, where it could not be asked; words were all the same
 * @throws DomainError "not-found" for an image that there is not
 */
export async function findBest(deps: Deps, asked: Asked): Promise<{ found: FoundImage[]; missing: string | null }> {
  const { find, query, schema, limit } = asked;
  const similar = await findLike(deps, asked);
  const byWords = find === null ? [] : await rankByWords(deps, { text: find, query, schema, limit });
  const words = new Map(byWords.map((one) => [one.id, one.words]));
  const near = new Map(
    similar?.kind === "found" ? similar.images.map(({ imageId, similarity }) => [imageId, similarity]) : [],
  );
  const found = fuse({ words: [...words.keys()], likeness: [...near.keys()] })
    .slice(0, limit)
    .map(({ id }) => ({ id, why: { words: words.get(id) ?? null, similarity: near.get(id) ?? null } }));
  return { found, missing: similar && similar.kind !== "found" ? explainMissing(similar, asked.like) : null };
}

/** The images that are like the one that is asked for; null where none is. */
async function findLike(deps: Deps, { like, query, schema, limit, signal }: Asked): Promise<Similar | null> {
  if (like === null) return null;
  const image = await deps.db.image.findUnique({ where: { id: like }, select: { id: true } });
  if (!image) throw new DomainError("not-found", `There is no image ${like}.`);
  const model = deps.model.embeddingName;
  return findSimilar(deps, { model, like: { imageId: like }, query, k: limit, schema, ...(signal && { signal }) });
}
