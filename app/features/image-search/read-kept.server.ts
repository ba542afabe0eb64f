import { readVector } from "~/features/similar-images/vectors/space";
import type { Ports } from "~/ports/index.server";
import { findKept } from "./search-embeddings.sql.server";

/** The vector that today's model made of what has this hash; null: it made none, or it is not kept any more. */
export async function readKept(
  { db, model }: Pick<Ports, "db" | "model">,
  { hash, dimensions }: { hash: string; dimensions: number },
): Promise<Float32Array | null> {
  const kept = await findKept(db, { model: model.embeddingName, dimensions, hash });
  return kept && readVector(kept, dimensions);
}
