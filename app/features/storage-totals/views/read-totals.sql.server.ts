import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Dimension } from "~/features/storage-totals/dimensions";
import type { Db } from "~/ports/db.server";
import { jsonArray, jsonList, type Sql, sql } from "~/ports/sql.server";

const total = z.object({
  name: z.string(),
  ownerId: z.string(),
  objects: z.coerce.number(),
  bytes: z.coerce.number(),
  /** What lies in a class other than STANDARD. */
  elsewhere: jsonColumn(z.array(z.tuple([z.string(), z.number()]))),
});

/** A value of a dimension, all storage classes together. */
export type StoredTotal = z.infer<typeof total>;

/** Each with its parts by class, found along the primary key. */
const withParts = (of: Sql): Sql => sql`
  SELECT t."name", t."ownerId", t."objects", t."bytes", (
    SELECT ${jsonList(jsonArray([sql`p."storageClass"`, sql`p."bytes"`]))} FROM "StorageTotal" p
     WHERE p."snapshotId" = t."snapshotId" AND p."dimension" = t."dimension" AND p."name" = t."name"
       AND p."ownerId" = t."ownerId" AND p."storageClass" > '') AS "elsewhere"
    FROM (${of}) t`;

/** The largest values of a dimension, the largest first. */
export async function readLargest(
  db: Db,
  { snapshotId, dimension, limit }: { snapshotId: number; dimension: Dimension | "articles"; limit: number },
): Promise<StoredTotal[]> {
  const found = await db.$queryRaw`${withParts(sql`
    SELECT * FROM "StorageTotal"
     WHERE "snapshotId" = ${snapshotId} AND "dimension" = ${dimension} AND "storageClass" = ''
     ORDER BY "bytes" DESC LIMIT ${limit}`)} ORDER BY t."bytes" DESC, t."name"`;
  return z.array(total).parse(found);
}

/** A page of the values of a dimension by name, from behind one on. */
export async function readAfter(
  db: Db,
  {
    snapshotId,
    dimension,
    after,
    limit,
  }: {
    snapshotId: number;
    dimension: Dimension;
    after: Pick<StoredTotal, "name" | "ownerId"> | null;
    limit: number;
  },
): Promise<StoredTotal[]> {
  const isAfter = after === null ? sql`true` : sql`("name", "ownerId") > (${after.name}, ${after.ownerId})`;
  const found = await db.$queryRaw`${withParts(sql`
    SELECT * FROM "StorageTotal"
     WHERE "snapshotId" = ${snapshotId} AND "dimension" = ${dimension} AND ${isAfter} AND "storageClass" = ''
     ORDER BY "name", "ownerId" LIMIT ${limit}`)} ORDER BY t."name", t."ownerId"`;
  return z.array(total).parse(found);
}

const work = z.tuple([z.object({ images: z.coerce.number(), ms: z.coerce.number() })]);

/**
 * How many images ingests brought home, and how long workers took; by the chunks that one lease did to its end (token 1), for what was
 * paused, interrupted or retried has times in it at which nobody worked.
 */
export async function readIngestWork(db: Db, kind: string): Promise<{ images: number; seconds: number }> {
  const found = await db.$queryRaw`
    SELECT coalesce(sum(c."succeeded"), 0) AS "images", coalesce(sum(c."finishedAt" - c."startedAt"), 0) AS "ms"
      FROM "JobRun" r JOIN "JobChunk" c ON c."runId" = r."id"
     WHERE r."kind" = ${kind} AND r."undoOfId" IS NULL AND c."finishedAt" IS NOT NULL AND c."succeeded" > 0
       AND c."token" = 1`;
  const [{ images, ms }] = work.parse(found);
  return { images, seconds: ms / 1000 };
}
