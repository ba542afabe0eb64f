import type { Db } from "~/ports/db.server";

/** An image as a plan freezes it; `bytes` of the original. */
export type PlannedImage = { id: number; key: string; etag: string; bytes: bigint };

type Scope = { force: boolean; owner: string | undefined };

/**
 * One page of current images that lack the thumbnail of their present bytes, by id after `afterId`; with `force` every
 * current image. What is known to be unreadable as it is now is left out: only other bytes can help it.
 */
export function findStaleThumbnails(
  db: Db,
  { force, owner, afterId, limit }: Scope & { afterId: number; limit: number },
): Promise<PlannedImage[]> {
  return db.$queryRaw<PlannedImage[]>`
    SELECT "id", "key", "etag", "bytes" FROM "Image"
    WHERE "id" > ${afterId} AND "goneAt" IS NULL
      AND (${owner ?? null} IS NULL OR "ownerId" = ${owner ?? null})
      AND (${force} OR (
        ("thumbnailEtag" IS NULL OR "thumbnailEtag" <> "etag")
        AND NOT ("unreadable" IS NOT NULL AND "readEtag" = "etag")
      ))
    ORDER BY "id" LIMIT ${limit}`;
}

/** Current images whose thumbnail is of their present bytes, and those that are unreadable as they are now. */
export async function countThumbnails(
  db: Db,
  { owner }: Pick<Scope, "owner">,
): Promise<{ made: number; unreadable: number }> {
  const [row] = await db.$queryRaw<{ made: bigint; unreadable: bigint }[]>`
    SELECT
      COUNT(CASE WHEN "thumbnailEtag" = "etag" THEN 1 END) AS "made",
      COUNT(CASE WHEN "unreadable" IS NOT NULL AND "readEtag" = "etag" THEN 1 END) AS "unreadable"
    FROM "Image"
    WHERE "goneAt" IS NULL AND (${owner ?? null} IS NULL OR "ownerId" = ${owner ?? null})`;
  return { made: Number(row?.made ?? 0), unreadable: Number(row?.unreadable ?? 0) };
}
