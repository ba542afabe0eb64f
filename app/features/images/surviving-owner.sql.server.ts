import { z } from "zod";
import type { Tx } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";

/**
 * Merged owners, each with the one that is left in the end: `WITH RECURSIVE ${survivors} … LEFT JOIN survivor s ON
 * s."mergedId" = …`. An owner that is not merged has no row there.
 */
export const survivors: Sql = sql`
  merging("mergedId", "ownerId") AS (
    SELECT "id", "mergedIntoId" FROM "Owner" WHERE "mergedIntoId" IS NOT NULL
    UNION ALL
    SELECT m."mergedId", o."mergedIntoId" FROM merging m JOIN "Owner" o ON o."id" = m."ownerId"
     WHERE o."mergedIntoId" IS NOT NULL),
  survivor AS (
    SELECT m."mergedId", m."ownerId" FROM merging m JOIN "Owner" o ON o."id" = m."ownerId"
     WHERE o."mergedIntoId" IS NULL)`;

const left = z.array(z.object({ ownerId: z.string() })).max(1);

/** Whom images that go to an owner belong to: him, or who is left of those that he was merged into. */
export async function readSurvivor(tx: Pick<Tx, "$queryRaw">, ownerId: string): Promise<string> {
  const found = await tx.$queryRaw`
    WITH RECURSIVE ${survivors} SELECT "ownerId" FROM survivor WHERE "mergedId" = ${ownerId}`;
  return left.parse(found)[0]?.ownerId ?? ownerId;
}
