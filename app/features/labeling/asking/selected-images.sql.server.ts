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
    readEtag: z.string().nullable(),
    unreadableClass: z.string().nullable(),
    archivedAs: z.string().nullable(),
    isGone: z.coerce.boolean(),
  }),
);
export type SelectedImage = z.infer<typeof images>[number];

/** The next images of a selection in the order of their keys, gone ones too where it has some. */
export async function readSelectedImages(
  db: Db,
  selection: ImageSelection,
  known: Known,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<SelectedImage[]> {
  const found = await db.$queryRaw`
    SELECT i."id", i."key", i."etag", i."bytes", i."readEtag", i."unreadableClass", i."archivedAs",
           i."goneAt" IS NOT NULL AS "isGone"
      FROM "Image" i
     WHERE ${after === undefined ? sql`1 = 1` : sql`i."key" > ${after}`} AND ${selectedWhere(selection, known)}
     ORDER BY i."key" LIMIT ${limit}`;
  return images.parse(found);
}
