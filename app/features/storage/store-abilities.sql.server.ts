import type { Tx } from "~/ports/db.server";

/** Makes the row of a store's bucket where there is none yet. */
export async function insertStore(tx: Tx, { endpoint, bucket }: { endpoint: string; bucket: string }): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "StoreAbilities" ("endpoint", "bucket") VALUES (${endpoint}, ${bucket}) ON CONFLICT DO NOTHING`;
}
