import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";

/** Of so many eligible images, those that have an accepted label of an attribute; of stale ones the image has changed since. */
export type Coverage = { attribute: string; labeled: number; stale: number; eligible: number };

const counts = z.array(z.object({ attribute: z.string(), labeled: z.coerce.number(), stale: z.coerce.number() }));
const totals = z.tuple([z.object({ images: z.coerce.number() })]);

const isPresent = sql`i."goneAt" IS NULL AND NOT (i."unreadableClass" IS NOT NULL AND i."readEtag" = i."etag")`;

/** Coverage of the images that a label run was planned for and that are still there, by attribute. */
export const readRunCoverage = (db: Db, runId: number, attributes: readonly string[]) =>
  readCoverage(db, attributes, {
    images: sql`"JobItem" t CROSS JOIN "Image" i ON i."id" = CAST(t."subject" AS INTEGER)`,
    where: sql`t."runId" = ${runId} AND ${isPresent}`,
  });

/** Coverage of every image that is there and can be read, by attribute. */
export const readAllCoverage = (db: Db, attributes: readonly string[]) =>
  readCoverage(db, attributes, { images: sql`"Image" i`, where: isPresent });

async function readCoverage(
  db: Db,
  attributes: readonly string[],
  { images, where }: { images: Sql; where: Sql },
): Promise<Coverage[]> {
  const found = await db.$queryRaw`
    SELECT l."attribute", sum(l."etag" = i."etag") AS "labeled", sum(l."etag" <> i."etag") AS "stale"
      FROM ${images} JOIN "Label" l ON l."imageId" = i."id" WHERE ${where} GROUP BY l."attribute"`;
  const counted = await db.$queryRaw`SELECT count(*) AS "images" FROM ${images} WHERE ${where}`;
  const byAttribute = new Map(counts.parse(found).map((row) => [row.attribute, row]));
  const [{ images: eligible }] = totals.parse(counted);
  return attributes.map((attribute) => {
    const { labeled = 0, stale = 0 } = byAttribute.get(attribute) ?? {};
    return { attribute, labeled, stale, eligible };
  });
}
