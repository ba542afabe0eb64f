import { z } from "zod";
import { prefixUpperBound } from "~/features/images/key-layout";
import type { Db } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";
import { recentFrom } from "./recent";

/**
 * What was used as a reference: an image, wherever it lies now; a key of then; or a folder, by what lay in it then or lies in it now.
 */
export type Used = { imageId: number } | { key: string } | { prefix: string };

/**
 * The generations that used it, each once, to select from: `"createdAt"` and `"id"`.
 * @param within a condition on `"GenerationReference" r`, which each part of it holds
 */
export function usesOf(used: Used, within: Sql = sql`1 = 1`): Sql {
  const uses = sql`SELECT r."createdAt", r."generationId" AS "id" FROM "GenerationReference" r`;
  if ("key" in used) return sql`(${uses} WHERE r."key" = ${used.key} AND ${within} GROUP BY 1, 2)`;
  if ("imageId" in used) {
    // A picture that was drawn before its reference was indexed names only the key.
    const keyOfIt = sql`(SELECT i."key" FROM "Image" i WHERE i."id" = ${used.imageId})`;
    return sql`(${uses} WHERE r."imageId" = ${used.imageId} AND ${within}
      UNION ${uses} WHERE r."key" = ${keyOfIt} AND r."imageId" IS NULL AND ${within})`;
  }
  const { prefix } = used;
  const bound = prefixUpperBound(prefix);
  const isBelow = (key: Sql) =>
    bound === null ? sql`${key} >= ${prefix}` : sql`(${key} >= ${prefix} AND ${key} < ${bound})`;
  return sql`(${uses} WHERE ${isBelow(sql`r."key"`)} AND ${within}
    UNION SELECT r."createdAt", r."generationId" FROM "Image" i CROSS JOIN "GenerationReference" r ON r."imageId" = i."id"
     WHERE ${isBelow(sql`i."key"`)} AND ${within})`;
}

const ids = z.array(z.object({ id: z.string() }));

/** The ids of generations that used it, the newest first. */
export async function listUses(db: Db, used: Used, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw`
    SELECT u."id" FROM ${usesOf(used)} u ORDER BY u."createdAt" DESC, u."id" DESC LIMIT ${limit}`;
  return ids.parse(rows).map(({ id }) => id);
}

/** How many generations used it, of those of the last `RECENT_DAYS` days and in all. */
export type UseCount = { recent: number; ever: number };

const counts = z.tuple([z.object({ recent: z.coerce.number(), ever: z.coerce.number() })]);

export async function countUses({ db, now }: { db: Db; now: Date }, used: Used): Promise<UseCount> {
  const [count] = counts.parse(
    await db.$queryRaw`
      SELECT count(*) AS "ever", count(CASE WHEN u."createdAt" >= ${recentFrom(now).getTime()} THEN 1 END) AS "recent"
        FROM ${usesOf(used)} u`,
  );
  return count;
}
