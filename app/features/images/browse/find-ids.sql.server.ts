import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { findFew, type Source, sourcesBesideText, sourcesOf } from "~/features/images/query/find-few.sql.server";
import { type ImageQuery, imageFields } from "~/features/images/query/image-query";
import { imagesWhere, type Known } from "~/features/images/query/image-query.sql.server";
import { findMarked, textMatcher } from "~/features/images/query/search-images.sql.server";
import { searchedText } from "~/features/images/text/image-text.sql.server";
import type { Db } from "~/ports/db.server";
import { allOf, idsInOrder, type Sql, sql } from "~/ports/sql.server";
import type { ImageOrder } from "./image-order";
import { conditionsOf, indexed, type Place, wayOf } from "./walk-list.sql.server";

/** The first `limit` images of a query beyond a place in the list, one way or the other. */
export type Search = {
  query: ImageQuery;
  order: ImageOrder;
  known: Known;
  place: Place | null;
  isBackwards: boolean;
  limit: number;
};

/** Rows of the list that are looked at first for each image that is asked for: enough where one in twenty is found. */
const NEAR = 24;
/** Fewer where the text of each row is read; enough for a word that half of all images have. */
const NEAR_BY_TEXT = 4;
const LEAST_NEAR = 100;
const LEAST_NEAR_BY_TEXT = 100;

/**
 * What a search finds near its place, for a statement to select from (`id`), in no order. As many as the limit are what
 * the search finds, and so are fewer if `isAll`; of fewer else, others are farther away (`findIds`). Null: what a row holds
 * does not tell, or the list is of gone images, which has no index.
 */
export function nearestOf({ query, order, known, place, isBackwards, limit }: Search) {
  if (query.text !== undefined || query.gone) return null;
  const way = wayOf(order, isBackwards, query);
  const isAll = imageFields.every((field) => query[field] === undefined || way.fields.includes(field));
  const where = sql`${imagesWhere(query, known)} AND ${way.beyond(place)}`;
  const rows = Math.max(LEAST_NEAR, NEAR * limit);
  const near = isAll ? where : sql`${where} AND ${way.within(place, { rows, where: conditionsOf(way, query, known) })}`;
  return {
    isAll,
    rows,
    ids: sql`(SELECT i."id" FROM ${way.along} WHERE ${near} ORDER BY ${way.sorted} LIMIT ${limit})`,
  };
}

const answers = z.tuple([z.object({ isAny: z.coerce.boolean() })]);

/** Whether one field of a query finds nothing by itself: then nothing else needs to be looked at. */
export async function findsNothing(db: Db, query: ImageQuery, known: Known): Promise<boolean> {
  const sources = sourcesBesideText(query, known);
  if (sources.length === 0) return false;
  const isAny = allOf(sources.map(({ ids }) => sql`EXISTS (${ids})`));
  return !answers.parse(await db.$queryRaw`SELECT ${isAny} AS "isAny"`)[0].isAny;
}

/** Rows of the list that are looked at before all that the query finds is sorted; fewer where each is a text to read. */
const BLOCKS = [5_000, 20_000] as const;
const TEXT_BLOCKS = [2_000, 8_000] as const;
/** Then so many are sorted rather than that the whole list is walked, in strides of some 20 ms. */
const SORTED_AT_MOST = 50_000;
const STRIDE = 10_000;
const MARKED_STRIDE = 20_000;

const found = z.array(z.object({ id: z.coerce.number(), text: z.string().optional(), besides: z.string().optional() }));

/** What was found near the place of a search, in its order, among so many rows; see `nearestOf`. */
export type Near = { ids: readonly number[]; rows: number };
/** If not all, but so many of those that are asked for are near, the others are not far. */
const NOT_FAR = 0.25;

/**
 * The ids of what a search finds, in its order. Where a query finds many, the first of them are near: the list is walked along
 * its index for some thousand rows when one field's index does not say that they are few. Few are sorted; what is still missing
 * after that is looked for among all.
 */
export async function findIds(db: Db, search: Search, near?: Near): Promise<number[]> {
  const { query, order, known, place, isBackwards, limit } = search;
  const { text, ...rest } = query;
  const matcher = text === undefined ? null : textMatcher(text, known.attributes);
  const all = imagesWhere(query, known);
  const besidesText = imagesWhere(rest, known);
  const way = wayOf(order, isBackwards, query);
  const ids: number[] = [];
  let at = place;

  const add = async (from: Sql, where: Sql) => {
    const read = await db.$queryRaw`
      SELECT i."id" FROM ${from} WHERE ${where} AND ${way.beyond(at)} ORDER BY ${way.sorted} LIMIT ${limit - ids.length}`;
    ids.push(...found.parse(read).map(({ id }) => id));
    return ids;
  };
  const addByText = async (from: Sql, where: Sql, { besides, isFound }: NonNullable<typeof matcher>) => {
    const read = await db.$queryRaw`
      SELECT i."id", ${searchedText} AS "text", ${besides} AS "besides"
        FROM ${from} WHERE ${where} AND ${way.beyond(at)} ORDER BY ${way.sorted}`;
    for (const row of found.parse(read)) {
      if (ids.length === limit) break;
      if (isFound(row.text ?? "", row.besides ?? "")) ids.push(row.id);
    }
    return ids;
  };
  /** @returns whether the list ends within these rows, or all that is asked for was found */
  const walk = async (rows: number, among?: Source) => {
    const end = await way.placeAfter(db, { at, rows, where: conditionsOf(way, query, known) });
    const block = sql`${besidesText} AND ${way.upTo(end)}`;
    if (among) await add(way.along, sql`${block} AND i."id" IN (${among.ids})`);
    else await (matcher ? addByText(way.along, block, matcher) : add(way.along, block));
    at = end ?? at;
    return end === null || ids.length === limit;
  };
  /** The same of the next rows of the index alone: only of those whose id is marked is anything else looked at. */
  const walkMarked = async (isMarked: (id: number) => boolean) => {
    const { ids: rows, end } = await way.readIds(db, { at, rows: MARKED_STRIDE, where: indexed(way, query, known) });
    const marked = rows.filter(isMarked);
    const some = { ids: sql`SELECT "id" FROM ${idsInOrder(marked)}` };
    if (marked.length > 0) await add(images(some), besidesText);
    at = end ?? at;
    return end === null || ids.length === limit;
  };
  const images = ({ ids }: Pick<Source, "ids">) => sql`(${ids}) some CROSS JOIN "Image" i ON i."id" = some."id"`;

  if (near && near.ids.length >= limit * NOT_FAR) {
    ids.push(...near.ids);
    at = await way.placeAfter(db, { at, rows: near.rows - 1, where: conditionsOf(way, query, known) });
    if (at === null || (await walk(BLOCKS[0]))) return ids;
  }
  const sources = await sourcesOf(db, query, known);
  if (sources === null) return [];
  const addFrom = (source: Source) =>
    matcher && !source.isTextAlone ? addByText(images(source), besidesText, matcher) : add(images(source), besidesText);
  const quick = await findFew(
    db,
    sources.filter(({ isQuick }) => isQuick),
  );
  if (quick) return addFrom(quick);
  if (matcher && !query.gone) {
    if (await walk(Math.max(LEAST_NEAR_BY_TEXT, NEAR_BY_TEXT * limit))) return ids;
    // So many that the rest is near, too.
    if (ids.length >= limit / 10 && (await walk(TEXT_BLOCKS[0]))) return ids;
  }
  const few = await findFew(
    db,
    sources.filter(({ isQuick }) => !isQuick),
  );
  if (few) return addFrom(few);
  const some = matcher || query.gone ? await findFew(db, sources, SORTED_AT_MOST) : null;
  if (some === null || some.isTextAlone) {
    // A text's own ids are found anew for each block, in some 5 ms.
    const blocks = matcher && !some ? TEXT_BLOCKS : BLOCKS;
    for (const block of blocks) if (!query.gone && (await walk(block, some ?? undefined))) return ids;
  }
  const sorted = some ?? (matcher ? null : await findFew(db, sources, SORTED_AT_MOST));
  // Many images have the words, and none of them is near: “uploads” in the order of keys, where those come last.
  const isMarked = text === undefined || sorted || query.gone ? null : await findMarked(db, text, known);
  while (!(sorted || query.gone)) {
    if (await (isMarked ? walkMarked(isMarked) : walk(STRIDE))) return ids;
    // What is asked for meanwhile comes in between.
    await nextTurn();
  }
  return add(sorted ? images(sorted) : sql`"Image" i`, sorted?.isTextAlone ? besidesText : all);
}
