import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { inHand } from "~/features/job-runs/status";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { type Sql, sql, valuesOf } from "~/ports/sql.server";
import { findNewestSearch } from "./search/duplicate-search.sql.server";
import { duplicateCounts, findDuplicates } from "./search/find-duplicates";
import { MOST_IN_A_GROUP } from "./search/stage-groups.server";
import type { WantedDuplicates } from "./wanted-duplicates";

const GROUPS_A_PAGE = 20;
/** Images of a group that a page shows. */
const SHOWN = 12;

/** Where a page begins: behind this group. */
export type Place = { spareBytes: number; id: number };

const groups = z.array(
  z.object({
    id: z.coerce.number(),
    ownerId: z.string().nullable(),
    ownerName: z.string().nullable(),
    images: z.coerce.number(),
    spareBytes: z.coerce.number(),
  }),
);

const members = z.array(
  z.object({
    groupId: z.coerce.number(),
    id: z.coerce.number(),
    key: z.string(),
    etag: z.string(),
    bytes: z.coerce.number(),
    width: z.coerce.number().nullable(),
    height: z.coerce.number().nullable(),
    distance: z.coerce.number(),
    hasThumbnail: z.coerce.boolean(),
  }),
);

/** `d`, which a search saw of the group `g`, is so still in `i`: there, of the same bytes and owner. */
const isStillSo: Sql = sql`
  d."groupId" = g."id" AND i."id" = d."imageId" AND i."etag" = d."etag" AND i."goneAt" IS NULL
  AND i."ownerId" IS NOT DISTINCT FROM g."ownerId"`;

/**
 * A page of the groups that the newest search found, those that free the most first; null where none has finished. A group of
 * which fewer than two images are left is none.
 * @param page.most images of a group
 */
export async function listDuplicates(
  db: Db,
  { kind, ownerId, after, most = SHOWN }: WantedDuplicates & { after: Place | null; most?: number },
) {
  const search = await findNewestSearch(db);
  if (!search?.finishedAt) return null;
  const ofOwner = ownerId === null ? sql`1 = 1` : sql`g."ownerId" = ${ownerId}`;
  const behind = after
    ? sql`(g."spareBytes" < ${after.spareBytes} OR (g."spareBytes" = ${after.spareBytes} AND g."id" < ${after.id}))`
    : sql`1 = 1`;
  const found = groups.parse(
    await db.$queryRaw`
      SELECT g."id", g."ownerId", o."name" AS "ownerName", g."images", g."spareBytes"
        FROM "DuplicateGroup" g LEFT JOIN "Owner" o ON o."id" = g."ownerId"
       WHERE g."searchId" = ${search.id} AND g."kind" = ${kind} AND ${ofOwner} AND ${behind}
         AND (SELECT count(*) FROM "DuplicateImage" d JOIN "Image" i ON ${isStillSo}) >= 2
       ORDER BY g."spareBytes" DESC, g."id" DESC LIMIT ${GROUPS_A_PAGE + 1}`,
  );
  const shown = found.slice(0, GROUPS_A_PAGE);
  const images = members.parse(
    await db.$queryRaw`
      SELECT * FROM (
        SELECT d."groupId", i."id", i."key", i."etag", i."bytes", i."width", i."height", d."distance",
               i."thumbnailEtag" = i."etag" AS "hasThumbnail",
               row_number() OVER (PARTITION BY d."groupId" ORDER BY d."distance", i."id") AS "place"
          FROM "DuplicateGroup" g JOIN "DuplicateImage" d ON d."groupId" = g."id" JOIN "Image" i ON ${isStillSo}
         WHERE g."id" IN ${valuesOf(shown.map(({ id }) => id))})
       WHERE "place" <= ${most} ORDER BY "groupId", "place"`,
  );
  const last = shown.at(-1);
  return {
    searchId: search.id,
    asOf: search.finishedAt,
    counts: jsonColumn(duplicateCounts).parse(search.counts),
    groups: shown.map((group) => ({ ...group, members: images.filter(({ groupId }) => groupId === group.id) })),
    after: last && found.length > shown.length ? { spareBytes: last.spareBytes, id: last.id } : null,
  };
}

/** A search is under way, or about to be. */
export async function isSearching(db: Db): Promise<boolean> {
  // Between its plan and its work, it applies itself.
  const status = { in: [...inHand, "planned"] };
  return (await db.jobRun.count({ where: { kind: findDuplicates.kind, status } })) > 0;
}

/**
 * Every image of every group that the newest search found, page by page.
 * @throws DomainError "conflict" where another search has finished meanwhile: the rest would be of other groups
 */
export async function* exportDuplicates(db: Db, wanted: WantedDuplicates) {
  let asOf: number | undefined;
  let after: Place | null = null;
  do {
    const found: Awaited<ReturnType<typeof listDuplicates>> = await listDuplicates(db, {
      ...wanted,
      after,
      most: MOST_IN_A_GROUP,
    });
    if (found === null) return;
    asOf ??= found.asOf.getTime();
    if (found.asOf.getTime() !== asOf) {
      throw new DomainError("conflict", "A new search has finished meanwhile. Export its duplicates instead.");
    }
    const rows = found.groups.flatMap(({ id: group, ownerId, ownerName, members }) =>
      members.map(({ id: imageId, key, bytes, width, height, distance }) => ({
        ...{ group, ownerId, ownerName, imageId, key, bytes, width, height, distance },
      })),
    );
    if (rows.length > 0) yield rows;
    after = found.after;
  } while (after !== null);
}
