import { DomainError } from "~/features/domain-error";
import type { Known } from "~/features/images/query/image-query.sql.server";
import { isKnownError } from "~/features/known-error";
import { findSimilar } from "~/features/similar-images/find-similar.server";
import { readVector, toUnit } from "~/features/similar-images/vectors/space";
import type { Ports } from "~/ports/index.server";
import { explainMissing, type ImageSearch } from "./image-search";
import { readKept } from "./read-kept.server";
import { searchedDimensions } from "./searched-dimensions.server";
import { vectorOfWords } from "./vector-of-words.server";

type Deps = Pick<Ports, "db" | "clock" | "log" | "model">;

type Asked = ImageSearch & { schema: Omit<Known, "now">; limit: number; signal?: AbortSignal };

/** Images by their similarity, the nearest first; `missing`: why there are none, or why not all of what was asked was looked for. */
export type Near = { similarities: Map<number, number>; missing: string | null };

const none = (missing: string | null): Near => ({ similarities: new Map(), missing });

/**
 * The images whose vectors are near to what a search asks for: to that of its words, of its image, of its picture, or to their middle.
 * @throws DomainError "not-found" for an image that there is not
 */
export async function findNear(deps: Deps, asked: Asked): Promise<Near> {
  const { find, like, picture, query, schema, limit, signal } = asked;
  if (find === null && like === null && picture === null) return none(null);
  const { db, model } = deps;
  if (like !== null && !(await db.image.findUnique({ where: { id: like }, select: { id: true } }))) {
    throw new DomainError("not-found", `There is no image ${like}.`);
  }
  const dimensions = await searchedDimensions(deps);
  if (dimensions === null) return none(explainMissing({ kind: "no-vectors" }));
  const { vectors, missing } = await readVectors(deps, asked, dimensions);
  const [first, ...others] = vectors;
  const vector =
    first && toUnit(first.map((value, at) => others.reduce((sum, other) => sum + (other[at] ?? 0), value)));
  if (!vector) return none(missing);
  // The image itself is the nearest of all.
  const k = limit + (like === null ? 0 : 1);
  const similar = await findSimilar(deps, {
    ...{ model: model.embeddingName, like: { vector }, query, k, schema },
    ...(signal && { signal }),
  });
  if (similar.kind !== "found") return none(explainMissing(similar));
  const images = similar.images.filter(({ imageId }) => imageId !== like).slice(0, limit);
  return { similarities: new Map(images.map(({ imageId, similarity }) => [imageId, similarity])), missing };
}

/** The vectors of the words, the image and the picture, as far as there are any. */
async function readVectors(deps: Deps, { find, like, picture, signal }: Asked, dimensions: number) {
  const vectors: Float32Array[] = [];
  let missing: string | null = null;
  if (like !== null) {
    const vector = await vectorOfImage(deps, like, dimensions);
    if (vector) vectors.push(vector);
    else missing = `Image ${like} has no vector yet, by which others are found. Embed it first.`;
  }
  if (picture !== null) {
    const vector = await readKept(deps, { hash: picture, dimensions });
    if (vector) vectors.push(vector);
    else missing ??= pictureIsGone;
  }
  if (find !== null) {
    const made = await vectorOfWords(deps, { words: find, dimensions, signal }).catch(refused);
    if ("vector" in made) vectors.push(made.vector);
    else missing ??= made.missing;
  }
  return { vectors, missing };
}

const pictureIsGone =
  "The picture of this address is not known: pictures are kept for 90 days, and for one model. Search by the picture again.";

/** A model that cannot be asked leaves the words, which are searched all the same. */
function refused(error: unknown): { missing: string } {
  if (isKnownError(error, "DomainError")) return { missing: error.message };
  throw error;
}

async function vectorOfImage({ db, model }: Deps, imageId: number, dimensions: number): Promise<Float32Array | null> {
  const row = await db.imageEmbedding.findUnique({
    where: { imageId_model: { imageId, model: model.embeddingName } },
    select: { vector: true },
  });
  return row && readVector(row.vector, dimensions);
}
