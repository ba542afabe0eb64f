import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { alongIds, type Sql, sql } from "~/ports/sql.server";

/** Of so many eligible images, those that have an accepted label of an attribute; of stale ones the image has changed since. */
export type Coverage = { attribute: string; labeled: number; stale: number; eligible: number };

const counts = z.array(z.object({ attribute: z.string(), labeled: z.coerce.number(), stale: z.coerce.number() }));
const totals = z.tuple([z.object({ images: z.coerce.number() })]);

const isPresent = sql`i."goneAt" IS NULL AND NOT (i."unreadableClass" IS NOT NULL AND i."readEtag" = i."etag")`;

/** Images that one statement looks at: some 50 ms in which the process can do nothing else. */
const STRETCH = 10_000;

/** Coverage of the images that a label run was planned for and that are still there, by attribute. */
export const readRunCoverage = (db: Db, runId: number, attributes: readonly string[]) =>
  readCoverage(db, attributes, {
    images: sql`"JobItem" t CROSS JOIN "Image" i ON i."id" = CAST(t."subject" AS INTEGER)`,
    place: sql`t."seq"`,
    where: sql`t."runId" = ${runId} AND ${isPresent}`,
    last: sql`(SELECT max("seq") FROM "JobItem" WHERE "runId" = ${runId})`,
  });

/** Coverage of every image that is there and can be read, by attribute. */
export const readAllCoverage = (db: Db, attributes: readonly string[]) =>
  readCoverage(db, attributes, {
    images: sql`"Image" i ${alongIds}`,
    place: sql`i."id"`,
    where: isPresent,
    last: sql`(SELECT max("id") FROM "Image")`,
  });

async function readCoverage(
  db: Db,
  attributes: readonly string[],
  { images, place, where, last }: { images: Sql; place: Sql; where: Sql; last: Sql },
): Promise<Coverage[]> {
  const sums = new Map(attributes.map((attribute) => [attribute, { labeled: 0, stale: 0 }]));
  let eligible = 0;
  const [{ images: end }] = totals.parse(await db.$queryRaw`SELECT coalesce(${last}, -1) AS "images"`);
  for (let from = 0; from <= end; from += STRETCH) {
    const within = sql`${where} AND ${place} >= ${from} AND ${place} < ${from + STRETCH}`;
    const found = await db.$queryRaw`
      SELECT l."attribute", sum(l."etag" = i."etag") AS "labeled", sum(l."etag" <> i."etag") AS "stale"
        FROM ${images} CROSS JOIN "Label" l ON l."imageId" = i."id" WHERE ${within} GROUP BY l."attribute"`;
    for (const { attribute, labeled, stale } of counts.parse(found)) {
      const sum = sums.get(attribute);
      if (!sum) continue;
      sum.labeled += labeled;
      sum.stale += stale;
    }
    eligible += totals.parse(await db.$queryRaw`SELECT count(*) AS "images" FROM ${images} WHERE ${within}`)[0].images;
    await nextTurn();
  }
  return [...sums].map(([attribute, sum]) => ({ attribute, ...sum, eligible }));
}
