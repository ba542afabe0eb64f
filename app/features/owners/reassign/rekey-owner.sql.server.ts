import { z } from "zod";
import { type Known, selectedWhere } from "~/features/images/query/image-query.sql.server";
import type { ImageSelection } from "~/features/images/query/image-selection";
import type { Db } from "~/ports/db.server";
import { sql } from "~/ports/sql.server";

const images = z.array(
  z.object({
    id: z.coerce.number(),
    key: z.string(),
    etag: z.string(),
    bytes: z.coerce.number(),
    ownerId: z.string().nullable(),
    ownerName: z.string().nullable(),
    hasThumbnail: z.coerce.boolean(),
    isArchived: z.coerce.boolean(),
    isGone: z.coerce.boolean(),
  }),
);
export type OwnedImage = z.infer<typeof images>[number];

/** The next images of a selection that do not belong to an owner, in the order of their keys. */
export async function readOwnedImages(
  db: Db,
  selection: ImageSelection,
  known: Known,
  page: { toOwnerId: string; after: string | undefined; limit: number },
): Promise<OwnedImage[]> {
  const { toOwnerId, after, limit } = page;
  const found = await db.$queryRaw`
    SELECT i."id", i."key", i."etag", i."bytes", i."ownerId", o."name" AS "ownerName",
           i."thumbnailEtag" IS NOT NULL AS "hasThumbnail", i."archivedAs" IS NOT NULL AS "isArchived",
           i."goneAt" IS NOT NULL AS "isGone"
      FROM "Image" i LEFT JOIN "Owner" o ON o."id" = i."ownerId"
     WHERE ${after === undefined ? sql`1 = 1` : sql`i."key" > ${after}`}
       AND i."ownerId" IS DISTINCT FROM ${toOwnerId} AND ${selectedWhere(selection, known)}
     ORDER BY i."key" LIMIT ${limit}`;
  return images.parse(found);
}
