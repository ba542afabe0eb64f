/** Images of a selection that can be converted, in SQLite's dialect. */

import { z } from "zod";
import { LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { type Known, selectedWhere } from "~/features/images/query/image-query.sql.server";
import type { ImageSelection } from "~/features/images/query/image-selection";
import type { Db } from "~/ports/db.server";
import { elementsOf, type Sql, sql } from "~/ports/sql.server";
import type { ConversionFormat } from "./conversion-format";

/** Why an image is left out as its row tells, the first that applies; "none": it can be converted, as far as is known. */
const reasons = ["gone", "archived", "too-heavy", "unreadable", "same-format", "example", "none"] as const;
type Reason = (typeof reasons)[number];

const isRead = sql`i."readEtag" = i."etag"`;

/** A prompt version names its examples by their bytes, and never changes. */
const isExampleOf = (etag: Sql): Sql =>
  sql`${etag} IN (SELECT e."value"->>'etag' FROM "PromptVersion" v, ${elementsOf(sql`v."examples"`)} e)`;

/** Whether these bytes are an example of a prompt. */
export async function isExample(db: Db, etag: string): Promise<boolean> {
  const found = await db.$queryRaw<object[]>`SELECT 1 AS "is" WHERE ${isExampleOf(sql`${etag}`)}`;
  return found.length > 0;
}

const reasonOf = (format: ConversionFormat): Sql => sql`
  CASE WHEN i."goneAt" IS NOT NULL THEN 'gone'
       WHEN i."archivedAs" IS NOT NULL THEN 'archived'
       WHEN i."bytes" > ${LARGEST_HELD_BYTES} THEN 'too-heavy'
       WHEN ${isRead} AND i."unreadableClass" IS NOT NULL THEN 'unreadable'
       WHEN ${isRead} AND i."contentType" = ${`image/${format}`} THEN 'same-format'
       WHEN ${isExampleOf(sql`i."etag"`)} THEN 'example'
       ELSE 'none' END`;

const counted = z.array(z.object({ reason: z.enum(reasons), images: z.coerce.number() }));

/** How many images of a selection there are for each reason. */
export async function countCandidates(
  db: Db,
  selection: ImageSelection,
  known: Known,
  format: ConversionFormat,
): Promise<ReadonlyMap<Reason, number>> {
  const found = await db.$queryRaw`
    SELECT ${reasonOf(format)} AS "reason", count(*) AS "images" FROM "Image" i
     WHERE ${selectedWhere(selection, known)} GROUP BY 1`;
  return new Map(counted.parse(found).map(({ reason, images }) => [reason, images]));
}

const candidates = z.array(
  z.object({
    id: z.coerce.number(),
    key: z.string(),
    etag: z.string(),
    bytes: z.coerce.number(),
    owner: z.string().nullable(),
    hasThumbnail: z.coerce.boolean(),
  }),
);
export type Candidate = z.infer<typeof candidates>[number];

/** The next images that can be converted, in the order of their keys. */
export async function readCandidates(
  db: Db,
  selection: ImageSelection,
  known: Known,
  page: { format: ConversionFormat; after: string | undefined; limit: number },
): Promise<Candidate[]> {
  const { format, after, limit } = page;
  const found = await db.$queryRaw`
    SELECT i."id", i."key", i."etag", i."bytes", coalesce(o."name", i."ownerId") AS "owner",
           i."thumbnailEtag" IS NOT NULL AS "hasThumbnail"
      FROM "Image" i LEFT JOIN "Owner" o ON o."id" = i."ownerId"
     WHERE ${after === undefined ? sql`1 = 1` : sql`i."key" > ${after}`}
       AND ${reasonOf(format)} = 'none' AND ${selectedWhere(selection, known)}
     ORDER BY i."key" LIMIT ${limit}`;
  return candidates.parse(found);
}
