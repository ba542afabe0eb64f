import type { Ports } from "~/ports/index.server";

/** How many numbers the images' vectors by today's model have; null: there are none. */
export async function searchedDimensions({ db, model }: Pick<Ports, "db" | "model">): Promise<number | null> {
  const newest = await db.imageEmbedding.findFirst({
    where: { model: model.embeddingName },
    orderBy: { id: "desc" },
    select: { dimensions: true },
  });
  return newest?.dimensions ?? null;
}
