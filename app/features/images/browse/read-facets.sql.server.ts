import { z } from "zod";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { alongIndex, type Sql, sql, valuesOf } from "~/ports/sql.server";
import { findFew } from "./find-few.sql.server";
import type { ImageField, ImageQuery } from "./image-query";
import { imagesWhere, type Known } from "./image-query.sql.server";

/** What the images of a query are like, one value of one field: its address, what people call it, how many they are. */
export type Facet = { field: FacetField; value: string; label: string; count: number };
export type Facets = {
  facets: Facet[][];
  /** False: so many were looked at, the newest; there are more of each. */
  isExact: boolean;
  lookedAt: number;
};

export const facetFields = [
  "kind",
  "owner",
  "label",
  "thumbnail",
  "format",
  "unreadable",
] as const satisfies ImageField[];
export type FacetField = (typeof facetFields)[number];

/** Images that are looked at, the newest: some 50 ms. A list never waits for it. */
const LOOKED_AT = 20_000;
/** Values of one field that are shown. */
const SHOWN = 12;

const rows = z.array(
  z.object({ field: z.string(), value: z.string().nullable(), label: z.string().nullable(), count: z.coerce.number() }),
);

/**
 * How many of the images of a query have which value of each field, most first. A field that the query filters by counts
 * as if it did not, so that its other values can be seen. Of many images the 20,000 newest are looked at.
 */
export async function readFacets(
  { db, clock }: { db: Db; clock: Clock },
  { query, schema }: { query: ImageQuery; schema: Omit<Known, "now"> },
): Promise<Facets> {
  const known = { now: clock.now(), ...schema };
  const isSet = (field: FacetField) => query[field] !== undefined || (field === "owner" && query.unowned !== undefined);
  const free = facetFields.filter((field) => !isSet(field));
  const all = await countValues(db, query, free, known);
  const facets = [...all.facets];
  let isExact = all.isExact;
  for (const field of facetFields.filter(isSet)) {
    const others = { ...query, [field]: undefined, ...(field === "owner" && { unowned: undefined }) };
    const own = await countValues(db, others, [field], known);
    facets.push(...own.facets);
    isExact &&= own.isExact;
  }
  const place = (facet: Facet[]) => facetFields.indexOf(facet[0]?.field ?? "kind");
  return { facets: facets.sort((a, b) => place(a) - place(b)), isExact, lookedAt: LOOKED_AT };
}

const countAll = sql`SELECT 'all' AS "field", NULL AS "value", NULL AS "label", count(*) AS "count" FROM some`;

/** Each field's values among `some` images: field, value, label, count. */
const countings: Record<FacetField, (known: Known) => Sql> = {
  kind: () =>
    sql`SELECT 'kind' AS "field", "kind" AS "value", "kind" AS "label", count(*) AS "count" FROM some GROUP BY "kind"`,
  owner: () => sql`
    SELECT 'owner' AS "field", s."ownerId" AS "value", o."name" AS "label", count(*) AS "count"
      FROM some s LEFT JOIN "Owner" o ON o."id" = s."ownerId" GROUP BY s."ownerId", o."name"`,
  label: ({ attributes }) => sql`
    SELECT 'label' AS "field", l."attribute" || ':' || l."value" AS "value", l."attribute" || ' ' || l."value" AS "label",
           count(*) AS "count"
      FROM some s CROSS JOIN "Label" l ON l."imageId" = s."id" AND l."attribute" IN ${valuesOf(Object.keys(attributes))}
     GROUP BY l."attribute", l."value"`,
  thumbnail: () => sql`
    SELECT 'thumbnail' AS "field", "thumbnail" AS "value", "thumbnail" AS "label", count(*) AS "count" FROM some GROUP BY "thumbnail"`,
  format: () => sql`
    SELECT 'format' AS "field", "format" AS "value", "format" AS "label", count(*) AS "count"
      FROM some WHERE "format" IS NOT NULL GROUP BY "format"`,
  unreadable: () => sql`
    SELECT 'unreadable' AS "field", "unreadable" AS "value", "unreadable" AS "label", count(*) AS "count"
      FROM some WHERE "unreadable" IS NOT NULL GROUP BY "unreadable"`,
};

async function countValues(db: Db, query: ImageQuery, fields: FacetField[], known: Known) {
  const few = await findFew(db, query, known);
  // Along the index of the list's order, or all that is found would be sorted for the newest of it.
  const along = query.gone ? sql`"Image" i` : sql`"Image" i ${alongIndex("Image_goneAt_createdAt_idx")}`;
  const from = few ? sql`(${few.ids}) few CROSS JOIN "Image" i ON i."id" = few."id"` : along;
  const counting = fields.map((field) => countings[field](known));
  const found = await db.$queryRaw`
    WITH some AS MATERIALIZED (
      SELECT i."id", i."kind", i."ownerId",
             CASE WHEN i."thumbnailEtag" IS NULL THEN 'missing' WHEN i."thumbnailEtag" = i."etag" THEN 'made' ELSE 'stale' END AS "thumbnail",
             CASE WHEN i."readEtag" IS DISTINCT FROM i."etag" THEN 'unread' ELSE replace(i."contentType", 'image/', '') END AS "format",
             CASE WHEN i."readEtag" = i."etag" THEN i."unreadableClass" END AS "unreadable"
        FROM ${from} WHERE ${imagesWhere(query, known)} ORDER BY i."createdAt" DESC, i."id" DESC LIMIT ${LOOKED_AT + 1}),
    counted AS (
      ${counting.reduce((some, more) => sql`${some} UNION ALL ${more}`, countAll)})
    SELECT "field", "value", "label", "count" FROM counted ORDER BY "count" DESC, "value"`;
  const counted = rows.parse(found);
  const isExact = (counted.find(({ field }) => field === "all")?.count ?? 0) <= LOOKED_AT;
  const facets = fields.map((field) =>
    counted
      .filter((row) => row.field === field)
      .slice(0, SHOWN)
      .map(({ value, label, count }) => ({ field, value: value ?? "", label: label ?? "No owner", count })),
  );
  return { facets: facets.filter((facet) => facet.length > 0), isExact };
}
