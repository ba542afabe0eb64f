/**
 * A text as a search of images: each of its words is in the image's own text (its key, its prompts), in its owner's name, or
 * in the value of one of its labels. Names and values are looked up where they are: no image's text holds them, so that
 * another owner for a million images rewrites none.
 */

import { z } from "zod";
import { ownerIsNamed } from "~/features/images/owner-named.sql.server";
import { matcherOf, toMatchQuery, toWholeWordsQuery } from "~/features/images/text/search-text";
import type { Db } from "~/ports/db.server";
import { allOf, anyOf, rowId, rowsMatching, type Sql, sql, valuesOf } from "~/ports/sql.server";

/** Attributes of labels with their values, as labels/schema.json has them. */
type Attributes = Readonly<Record<string, unknown>>;

const withValues = z.object({ values: z.array(z.string()) });

/** The words of a text that ask for anything. */
const wordsOf = (text: string) => text.split(/\s+/).filter((word) => toMatchQuery(word) !== null);

/** The attributes that have values with this word in them, with those values. */
function labelsOf(word: string, attributes: Attributes): { attribute: string; values: string[] }[] {
  const matches = matcherOf(word);
  return Object.entries(attributes).flatMap(([attribute, definition]) => {
    const values = (withValues.safeParse(definition).data?.values ?? []).filter(matches);
    return values.length > 0 ? [{ attribute, values }] : [];
  });
}

/** Images whose owner or labels have a word. */
const besideText = (word: string, attributes: Attributes): Sql =>
  anyOf([
    sql`i."ownerId" IN (SELECT o."id" FROM "Owner" o WHERE ${ownerIsNamed(word)})`,
    ...labelsOf(word, attributes).map(
      ({ attribute, values }) => sql`EXISTS (
        SELECT 1 FROM "Label" l WHERE l."imageId" = i."id" AND l."attribute" = ${attribute} AND l."value" IN ${valuesOf(values)})`,
    ),
  ]);

const inText = (match: string) => sql`i."id" IN ${rowsMatching("ImageText", match)}`;

/** The images that a text finds, as a condition on `"Image" i`. */
export const foundByText = (text: string, attributes: Attributes): Sql =>
  allOf(wordsOf(text).map((word) => anyOf([inText(toMatchQuery(word) ?? ""), besideText(word, attributes)])));

/**
 * The same told row by row, for lists that are walked: to ask the full-text index about one row costs 2 ms.
 * @returns `besides`, a column to read (a digit a word, 1 where owner or labels have it), and what tells by it and the text
 */
export function textMatcher(text: string, attributes: Attributes) {
  const words = wordsOf(text);
  const matchers = words.map(matcherOf);
  const digits = words.map((word) => sql`CASE WHEN ${besideText(word, attributes)} THEN '1' ELSE '0' END`);
  return {
    besides: digits.reduce((all, digit) => sql`${all} || ${digit}`),
    isFound: (own: string, besides: string) => matchers.every((matches, at) => besides[at] === "1" || matches(own)),
  };
}

const counts = z.tuple([z.object({ owners: z.coerce.number() })]);

const idsMatching = (match: string | null) =>
  sql`SELECT ${rowId} AS "id" FROM "ImageText" WHERE "ImageText" MATCH ${match}`;

/**
 * Ids (`id`) among which are all images, gone ones too, that a text finds, in several ways; `isExact`: they are just these.
 * `some` are a part of them that is found sooner, by whole words: the index takes 0.1 s for the beginning of a common one.
 */
export async function sourcesOfText(
  db: Db,
  text: string,
  attributes: Attributes,
): Promise<{ ids: Sql; some: Sql | null; isExact: boolean }[]> {
  const own: string[] = [];
  const sources: { ids: Sql; some: Sql | null; isExact: boolean }[] = [];
  for (const word of wordsOf(text)) {
    const found = await db.$queryRaw`SELECT count(*) AS "owners" FROM "Owner" o WHERE ${ownerIsNamed(word)}`;
    const labels = labelsOf(word, attributes);
    if (counts.parse(found)[0].owners === 0 && labels.length === 0) {
      own.push(word);
      continue;
    }
    const ways = [
      idsMatching(toMatchQuery(word)),
      sql`SELECT i."id" FROM "Image" i WHERE i."ownerId" IN (SELECT o."id" FROM "Owner" o WHERE ${ownerIsNamed(word)})`,
      ...labels.map(
        ({ attribute, values }) =>
          sql`SELECT "imageId" AS "id" FROM "Label" WHERE "attribute" = ${attribute} AND "value" IN ${valuesOf(values)}`,
      ),
    ];
    const all = ways.reduce((some, way) => sql`${some} UNION ALL ${way}`);
    sources.push({ ids: sql`SELECT DISTINCT "id" FROM (${all})`, some: null, isExact: false });
  }
  if (own.length === 0) return sources;
  const ofImages = own.join(" ");
  const ids = idsMatching(toMatchQuery(ofImages));
  return [{ ids, some: idsMatching(toWholeWordsQuery(ofImages)), isExact: sources.length === 0 }, ...sources];
}
