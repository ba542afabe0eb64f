/**
 * A text as a search of images: each of its words is in the image's own text (its key, its prompts), in its owner's name, or
 * in the value of one of its labels. Names and values are looked up where they are: no image's text holds them, so that
 * another owner for a million images rewrites none.
 */

import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { ownerIsNamed } from "~/features/images/owner-named.sql.server";
import { beginningsOf, matcherOf, toMatchQuery } from "~/features/images/text/search-text";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import {
  allOf,
  anyOf,
  jsonArray,
  jsonList,
  jsonObject,
  rowId,
  rowsFrom,
  rowsMatching,
  type Sql,
  sql,
  valuesOf,
} from "~/ports/sql.server";

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

const idsMatching = (match: string | null) =>
  sql`SELECT ${rowId} AS "id" FROM "ImageText" WHERE "ImageText" MATCH ${match}`;

/** Words of the index that one beginning is written out as. */
const WORDS_AT_MOST = 32;
const looked = z.tuple([
  z.object({
    named: jsonColumn(z.array(z.number())),
    terms: jsonColumn(z.array(z.object({ beginning: z.string(), term: z.string() }))),
  }),
]);

/**
 * Looks up words, in one statement: which of them are in owners' names, and what words of the index begin with them (null: more
 * than are written out), from one to the next.
 */
async function lookUp(db: Db, words: readonly string[]) {
  const beginnings = [...new Set(words.flatMap(beginningsOf))];
  const ranges = rowsFrom(
    beginnings.map((beginning) => ({ beginning, end: `${beginning}\u{10FFFF}` })),
    { beginning: "text", end: "text" },
  );
  const named = words.map((word) => sql`EXISTS (SELECT 1 FROM "Owner" o WHERE ${ownerIsNamed(word)})`);
  const first = (from: Sql, end: Sql) =>
    sql`(SELECT t."term" FROM "ImageTerm" t WHERE t."term" >= ${from} AND t."term" < ${end} LIMIT 1)`;
  const found = await db.$queryRaw`
    WITH RECURSIVE term AS (
      SELECT r."beginning", r."end", ${first(sql`r."beginning"`, sql`r."end"`)} AS "term", 1 AS "place" FROM ${ranges} r
      UNION ALL
      SELECT l."beginning", l."end", ${first(sql`l."term" || ${"\u0001"}`, sql`l."end"`)}, l."place" + 1 FROM term l
       WHERE l."term" IS NOT NULL AND l."place" <= ${WORDS_AT_MOST})
    SELECT ${jsonArray(named)} AS "named",
           (SELECT ${jsonList(jsonObject({ beginning: sql`"beginning"`, term: sql`"term"` }))} FROM term
             WHERE "term" IS NOT NULL) AS "terms"`;
  const [{ named: isNamed, terms }] = looked.parse(found);
  const wordsFrom = (beginning: string) => {
    const whole = terms.filter((one) => one.beginning === beginning).map(({ term }) => term);
    return whole.length > WORDS_AT_MOST ? null : whole;
  };
  return { isNamed: (at: number) => isNamed[at] === 1, wordsFrom };
}

/** Ids (`id`) among which are all images, gone ones too, that a text finds. */
export type TextSource = {
  ids: Sql;
  /** They are just these. */
  isExact: boolean;
  /** They come one by one, so that a few of them are found at once. */
  isQuick: boolean;
};

/** The ways in which a text is found; null: the index has no word that begins as one of its words, which nothing else has. */
export async function sourcesOfText(db: Db, text: string, attributes: Attributes): Promise<TextSource[] | null> {
  const words = wordsOf(text);
  const { isNamed, wordsFrom } = await lookUp(db, words);
  const own: string[] = [];
  const sources: TextSource[] = [];
  for (const [at, word] of words.entries()) {
    const labels = labelsOf(word, attributes);
    const isInText = beginningsOf(word).every((beginning) => wordsFrom(beginning)?.length !== 0);
    if (!isNamed(at) && labels.length === 0) {
      if (!isInText) return null;
      own.push(word);
      continue;
    }
    const ways = [
      ...(isInText ? [idsMatching(toMatchQuery(word, wordsFrom))] : []),
      sql`SELECT i."id" FROM "Image" i WHERE i."ownerId" IN (SELECT o."id" FROM "Owner" o WHERE ${ownerIsNamed(word)})`,
      ...labels.map(
        ({ attribute, values }) =>
          sql`SELECT "imageId" AS "id" FROM "Label" WHERE "attribute" = ${attribute} AND "value" IN ${valuesOf(values)}`,
      ),
    ];
    const all = ways.reduce((some, way) => sql`${some} UNION ALL ${way}`);
    sources.push({ ids: sql`SELECT DISTINCT "id" FROM (${all})`, isExact: false, isQuick: false });
  }
  if (own.length === 0) return sources;
  const ofImages = own.join(" ");
  const isQuick = beginningsOf(ofImages).every((beginning) => wordsFrom(beginning) !== null);
  return [{ ids: idsMatching(toMatchQuery(ofImages, wordsFrom)), isExact: sources.length === 0, isQuick }, ...sources];
}

const allIds = z.tuple([z.object({ ids: jsonColumn(z.array(z.number())) })]);

/**
 * All images that a text finds, gone ones too: of a million, in some 0.3 s for each source. What is asked for meanwhile comes
 * in between.
 * @returns tells of an id whether it is one of them
 */
export async function findMarked(
  db: Db,
  text: string,
  { attributes }: { attributes: Attributes },
): Promise<(id: number) => boolean> {
  const sources = (await sourcesOfText(db, text, attributes)) ?? [];
  /** Of each image, in how many of the sources before it is, as long as it is in all of them. */
  let marked = new Uint8Array(0);
  for (const [before, { ids }] of sources.entries()) {
    const [{ ids: found }] = allIds.parse(await db.$queryRaw`SELECT ${jsonList(sql`"id"`)} AS "ids" FROM (${ids})`);
    if (before === 0) marked = new Uint8Array(1 + found.reduce((last, id) => Math.max(last, id), 0));
    for (const id of found) if (marked[id] === before) marked[id] = before + 1;
    await nextTurn();
  }
  return (id) => sources.length > 0 && marked[id] === sources.length;
}
