import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { findFew, sourcesOf } from "~/features/images/query/find-few.sql.server";
import type { ImageField, ImageQuery } from "~/features/images/query/image-query";
import { imagesWhere, type Known } from "~/features/images/query/image-query.sql.server";
import { readFormat, readUnreadableClass, thumbnailState } from "~/features/images/query/image-states.sql.server";
import { textMatcher } from "~/features/images/query/search-images.sql.server";
import { searchedText } from "~/features/images/text/image-text.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { type Sql, sql, valuesOf } from "~/ports/sql.server";
import { type Place, wayOf } from "./walk-list.sql.server";

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

/** Images that are counted, the newest, and rows of the list that are looked at to find them. */
const COUNTED = 20_000;
const LOOKED_AT = 100_000;
/**
 * Rows that one statement looks at: some 5 ms, in which the process can do nothing else. It then rests as long, since what is
 * asked for meanwhile takes many turns.
 */
const BLOCK = 1_000;
const newestFirst = { by: "created", direction: "desc" } as const;
/** Values of one field that are shown. */
const SHOWN = 12;

const rows = z.array(
  z.object({ field: z.string(), value: z.string().nullable(), label: z.string().nullable(), count: z.coerce.number() }),
);

/**
 * How many of the images of a query have which value of each field, most first. A field that the query filters by counts
 * as if it did not, so that its other values can be seen. Of many images the 20,000 newest are counted, in pieces that leave
 * room for lists.
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
  let { isExact, lookedAt } = all;
  for (const field of facetFields.filter(isSet)) {
    const others = { ...query, [field]: undefined, ...(field === "owner" && { unowned: undefined }) };
    const own = await countValues(db, others, [field], known);
    facets.push(...own.facets);
    isExact &&= own.isExact;
    lookedAt = Math.max(lookedAt, own.lookedAt);
  }
  const place = (facet: Facet[]) => facetFields.indexOf(facet[0]?.field ?? "kind");
  return { facets: facets.sort((a, b) => place(a) - place(b)), isExact, lookedAt };
}

const texts = z.array(z.object({ id: z.coerce.number(), text: z.string(), besides: z.string() }));

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
  const counted = new Map<string, z.infer<typeof rows>[number]>();
  let lookedAt = 0;
  let isExact = true;
  for await (const found of countBlocks(db, query, fields, known)) {
    if (found === "more") isExact = false;
    else {
      for (const row of found) {
        if (row.field === "all") lookedAt += row.count;
        const name = `${row.field} ${row.value}`;
        counted.set(name, { ...row, count: row.count + (counted.get(name)?.count ?? 0) });
      }
    }
  }
  const facets = fields.map((field) =>
    [...counted.values()]
      .filter((row) => row.field === field)
      .sort((a, b) => b.count - a.count || ((a.value ?? "") < (b.value ?? "") ? -1 : 1))
      .slice(0, SHOWN)
      .map(({ value, label, count }) => ({ field, value: value ?? "", label: label ?? "No owner", count })),
  );
  return { facets: facets.filter((facet) => facet.length > 0), isExact, lookedAt };
}

/** The counts of block after block of the list, newest first, and “more” where it goes on behind the last of them. */
async function* countBlocks(
  db: Db,
  query: ImageQuery,
  fields: FacetField[],
  known: Known,
): AsyncGenerator<z.infer<typeof rows> | "more"> {
  const counting = fields.map((field) => countings[field](known));
  const count = async (from: Sql, within: Sql) => {
    const found = await db.$queryRaw`
      WITH some AS MATERIALIZED (
        SELECT i."id", i."kind", i."ownerId", ${thumbnailState} AS "thumbnail",
               replace(${readFormat}, 'image/', '') AS "format", ${readUnreadableClass} AS "unreadable"
          FROM ${from} WHERE ${within})
      ${counting.reduce((some, more) => sql`${some} UNION ALL ${more}`, countAll)}`;
    return rows.parse(found);
  };
  const sources = await sourcesOf(db, query, known);
  if (sources === null) return;
  const few = await findFew(db, sources);
  const whole = imagesWhere(query, known);
  if (few || query.gone) {
    const { text: _, ...rest } = query;
    yield await count(
      few ? sql`(${few.ids}) few CROSS JOIN "Image" i ON i."id" = few."id"` : sql`"Image" i`,
      few?.isTextAlone ? imagesWhere(rest, known) : whole,
    );
    return;
  }
  const way = wayOf(newestFirst);
  const where = imagesWhere({ since: query.since, until: query.until }, known);
  let at: Place | null = null;
  let images = 0;
  for (let seen = 0; seen < LOOKED_AT && images < COUNTED; seen += BLOCK) {
    const startedAt = performance.now();
    const end: Place | null = await way.placeAfter(db, { at, rows: BLOCK - 1, where });
    const block = sql`${way.beyond(at)} AND ${way.upTo(end)}`;
    const found = await (query.text === undefined
      ? count(way.along, sql`${whole} AND ${block}`)
      : count(sql`"Image" i`, sql`i."id" IN ${valuesOf(await findInBlock(db, query, known, block))}`));
    images += found.find(({ field }) => field === "all")?.count ?? 0;
    yield found;
    if (end === null) return;
    at = end;
    await sleep(performance.now() - startedAt);
  }
  if ((await way.placeAfter(db, { at, rows: 0, where })) !== null) yield "more" as const;
}

/** The images of a block that a text finds among those of the query's other fields; see `textMatcher`. */
async function findInBlock(db: Db, { text = "", ...rest }: ImageQuery, known: Known, block: Sql): Promise<number[]> {
  const matcher = textMatcher(text, known.attributes);
  const found = await db.$queryRaw`
    SELECT i."id", ${searchedText} AS "text", ${matcher.besides} AS "besides"
      FROM ${wayOf(newestFirst).along} WHERE ${imagesWhere(rest, known)} AND ${block}`;
  return texts.parse(found).flatMap(({ id, text, besides }) => (matcher.isFound(text, besides) ? [id] : []));
}
