import type { Tx } from "~/ports/db.server";
import type { Wanted } from "./missing-embeddings.sql.server";
import { toVectorBytes } from "./vector-bytes";

/** An image as a plan froze it. */
export type Frozen = { id: number; key: string; etag: string };

/** What became of a vector: it was kept; the image has one already; it is of other bytes by now; it is gone. */
export type Kept = "kept" | "there" | "changed" | "gone";

/**
 * Keeps the vectors of images, in the place of older ones, as rows with new ids: whoever has an index of them knows by the ids what it
 * lacks. Not where an image changed while the model was asked, nor where someone else was quicker.
 * @returns what became of each, in their order
 */
export async function keepVectors(
  tx: Tx,
  images: { image: Frozen; vector: Float32Array }[],
  { runId, wanted, at }: { runId: number; wanted: Wanted; at: Date },
): Promise<Kept[]> {
  const ids = images.map(({ image }) => image.id);
  const { model, dimensions } = wanted;
  const rows = await tx.image.findMany({ where: { id: { in: ids } }, select: { id: true, etag: true, goneAt: true } });
  const made = await tx.imageEmbedding.findMany({
    where: { model, imageId: { in: ids } },
    select: { imageId: true, etag: true, dimensions: true },
  });
  const became = images.map(({ image }): Kept => {
    const row = rows.find(({ id }) => id === image.id);
    if (!row || row.goneAt !== null) return "gone";
    if (row.etag !== image.etag) return "changed";
    const present = made.find(({ imageId }) => imageId === image.id);
    return present?.etag === image.etag && present.dimensions === dimensions ? "there" : "kept";
  });
  const kept = images.filter((_, at) => became[at] === "kept");
  await tx.imageEmbedding.deleteMany({ where: { model, imageId: { in: kept.map(({ image }) => image.id) } } });
  await tx.imageEmbedding.createMany({
    data: kept.map(({ image, vector }) => ({
      ...{ imageId: image.id, model, dimensions, etag: image.etag, vector: toVectorBytes(vector) },
      ...{ jobRunId: runId, createdAt: at },
    })),
  });
  return became;
}
