import { DomainError } from "~/features/domain-error";
import { countRows, readNewest } from "~/features/similar-images/vectors/embeddings.sql.server";
import { readVector, toUnit } from "~/features/similar-images/vectors/space";
import { quote } from "~/quote";
import type { Asked, Deps, Similar, SimilarSearch } from "./similar-search.server";

/**
 * The vector that a search is about, or why there is none.
 * @throws DomainError "invalid" for one that has no direction or another length than the model's
 */
export async function readAsked({ db }: Deps, { model, like }: SimilarSearch): Promise<Asked | Similar> {
  if ("vector" in like) {
    const vector = toUnit(like.vector);
    if (!vector)
      throw new DomainError("invalid", "The vector has no direction: give one with numbers that are not all 0.");
    const newest = await readNewest(db, model);
    if (newest && newest.dimensions !== vector.length) {
      throw new DomainError(
        "invalid",
        `The vector has ${vector.length} numbers, but those of ${quote(model)} have ${newest.dimensions}: make it with the same model and length.`,
      );
    }
    return { space: { model, dimensions: vector.length }, vector };
  }
  const row = await db.imageEmbedding.findUnique({
    where: { imageId_model: { imageId: like.imageId, model } },
    select: { dimensions: true, vector: true },
  });
  const vector = row && readVector(row.vector, row.dimensions);
  if (vector) return { space: { model, dimensions: vector.length }, vector };
  const isAny = (await countRows(db, model, { most: 1 })) > 0;
  return isAny ? { kind: "no-vector-of-image" } : { kind: "no-vectors" };
}
