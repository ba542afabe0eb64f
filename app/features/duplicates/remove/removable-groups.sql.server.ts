import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { type Sql, valuesOf } from "~/ports/sql.server";
import type { Removal } from "./removal";

const images = z.array(
  z.object({
    groupId: z.coerce.number(),
    id: z.coerce.number(),
    key: z.string(),
    etag: z.string(),
    bytes: z.coerce.number(),
    width: z.coerce.number(),
    height: z.coerce.number(),
    modifiedAt: z.coerce.number(),
    isArchived: z.coerce.boolean(),
    hasThumbnail: z.coerce.boolean(),
    generations: z.coerce.number(),
    labels: z.coerce.number(),
    perceptualHash: z.string(),
  }),
);
export type GroupImage = z.infer<typeof images>[number];

/**
 * The images of the next groups, those of one group beside each other. Only what still is as the search saw it: there, of the same
 * bytes, and of the same owner.
 */
export async function readGroupImages(
  db: Db,
  { kind, groups, ownerId }: Removal,
  { searchId, after, limit, isCompared }: { searchId: number; after: number; limit: number; isCompared: Sql },
): Promise<{ images: GroupImage[]; last: number | null }> {
  const picked = await db.duplicateGroup.findMany({
    where: {
      searchId,
      kind,
      ...(ownerId !== null && { ownerId }),
      id: { gt: after, ...(groups && { in: groups }) },
    },
    select: { id: true },
    orderBy: { id: "asc" },
    take: limit,
  });
  const found = await db.$queryRaw`
    SELECT d."groupId", i."id", i."key", i."etag", i."bytes", coalesce(i."width", 0) AS "width",
           coalesce(i."height", 0) AS "height", i."modifiedAt", i."archivedAs" IS NOT NULL AS "isArchived",
           i."thumbnailEtag" IS NOT NULL AS "hasThumbnail", coalesce(l."perceptualHash", '') AS "perceptualHash",
           (SELECT count(*) FROM "Generation" g WHERE g."imageId" = i."id") AS "generations",
           (SELECT count(*) FROM "Label" b WHERE b."imageId" = i."id") AS "labels"
      FROM "DuplicateImage" d
      JOIN "DuplicateGroup" p ON p."id" = d."groupId"
      JOIN "Image" i ON i."id" = d."imageId" AND i."etag" = d."etag" AND i."goneAt" IS NULL
                    AND i."ownerId" IS NOT DISTINCT FROM p."ownerId" AND ${isCompared}
      LEFT JOIN "ImageLook" l ON l."imageId" = i."id" AND l."etag" = i."etag"
     WHERE d."groupId" IN ${valuesOf(picked.map(({ id }) => id))}
     ORDER BY d."groupId", i."id"`;
  return { images: images.parse(found), last: picked.at(-1)?.id ?? null };
}
