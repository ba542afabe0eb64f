import type { EmbeddingFacts } from "~/features/prices/model-book";
import type { Db } from "~/ports/db.server";
import type { Sql } from "~/ports/sql.server";

/** Whose dollars and vectors of searches are kept: two whole months, which the check of spending compares, and more. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** What is asked of the model: the words go by their hash. */
export type Wanted = Pick<EmbeddingFacts, "model"> & { dimensions: number; hash: string };

/** The vector that was made of these words before; null: none was. */
export async function findKept(db: Db, { model, dimensions, hash }: Wanted): Promise<Uint8Array | null> {
  const row = await db.searchEmbedding.findFirst({
    where: { model, hash, dimensions, vector: { not: null } },
    orderBy: { id: "desc" },
    select: { vector: true },
  });
  return row?.vector ?? null;
}

/**
 * Writes the row of a call that is about to be made, where a condition holds; with it go those that are too old to serve.
 * @returns its id; null where the condition does not hold
 */
export async function reserveSearch(
  db: Db,
  { model, dimensions, hash, reservedUsd, at }: Wanted & { reservedUsd: number; at: Date },
  condition: Sql,
): Promise<number | null> {
  return db.$write(async (tx) => {
    await tx.searchEmbedding.deleteMany({ where: { createdAt: { lt: new Date(at.getTime() - KEPT_MS) } } });
    const [row] = await tx.$queryRaw<{ id: number }[]>`
      INSERT INTO "SearchEmbedding" ("model", "dimensions", "hash", "outcome", "reservedUsd", "createdAt")
      SELECT ${model}, ${dimensions}, ${hash}, 'reserved', ${reservedUsd}, ${at.getTime()} WHERE ${condition} RETURNING "id"`;
    return row ? Number(row.id) : null;
  });
}
