import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { findFew } from "~/features/images/query/find-few.sql.server";
import { type ImageQuery, imageFields } from "~/features/images/query/image-query";
import { imagesWhere, type Known } from "~/features/images/query/image-query.sql.server";
import { textMatcher } from "~/features/images/query/search-images.sql.server";
import { searchedText } from "~/features/images/text/image-text.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";
import { type Cursor, cursorOf, type ImageOrder, type PageFrom, parseCursor } from "./image-order";
import { type ImageCard, readCards } from "./read-cards.sql.server";
import { type Place, wayOf } from "./walk-list.sql.server";

type Deps = { db: Db; clock: Clock };
type Schema = Omit<Known, "now">;

/**
 * A page of the images that a query finds: by the index of their order, however deep it lies.
 * @param input.schema labels/schema.json
 * @returns the cursors of the pages before and after; null where there is none
 * @throws DomainError "invalid" for a cursor that is none, a root or an attribute that is not known
 */
export async function listImages(
  { db, clock }: Deps,
  input: { query: ImageQuery; order: ImageOrder; from: PageFrom; limit: number; schema: Schema },
): Promise<{ images: ImageCard[]; before: Cursor | null; after: Cursor | null }> {
  const { query, order, from, limit, schema } = input;
  const isBackwards = from !== null && "before" in from;
  const place = from === null ? null : parseCursor("before" in from ? from.before : from.after, order);
  const known = { now: clock.now(), ...schema };
  const ids = await findIds(db, { query, order, known, place, isBackwards, limit: limit + 1 });
  const hasMore = ids.length > limit;
  const shown = ids.slice(0, limit);
  const images = await readCards(db, isBackwards ? shown.reverse() : shown);
  const [first, last] = [images.at(0), images.at(-1)];
  return {
    images,
    before: first && (isBackwards ? hasMore : from !== null) ? cursorOf(first, order) : null,
    after: last && (isBackwards || hasMore) ? cursorOf(last, order) : null,
  };
}

/** The images before and after one in a list; null where it ends, and for both where the image is not known. */
export async function findNeighbors(
  { db, clock }: Deps,
  { query, order, id, schema }: { query: ImageQuery; order: ImageOrder; id: number; schema: Schema },
): Promise<{ previous: number | null; next: number | null }> {
  const [image] = await readCards(db, [id]);
  if (!image) return { previous: null, next: null };
  const place = parseCursor(cursorOf(image, order), order);
  const base = { query, order, known: { now: clock.now(), ...schema }, place, limit: 1 };
  const [previous] = await findIds(db, { ...base, isBackwards: true });
  const [next] = await findIds(db, { ...base, isBackwards: false });
  return { previous: previous ?? null, next: next ?? null };
}

type Search = {
  query: ImageQuery;
  order: ImageOrder;
  known: Known;
  place: Place | null;
  isBackwards: boolean;
  limit: number;
};

/** Rows of the list that are looked at before all that the query finds is sorted; fewer where each is a text to read. */
const BLOCKS = [500, 5_000, 20_000];
const TEXT_BLOCKS = [300, 2_000, 8_000];
/** Then so many are sorted rather than that the whole list is walked, in strides of some 20 ms. */
const SORTED_AT_MOST = 50_000;
const STRIDE = 10_000;

const found = z.array(z.object({ id: z.coerce.number(), text: z.string().optional(), besides: z.string().optional() }));

/**
 * The ids of the first `limit` images beyond a place. Where a query finds many, the first of them are near: the list is walked
 * along its index for some hundred rows, and for some thousand when one field's index does not say that they are few. Few are
 * sorted; what is still missing after that is looked for among all.
 */
async function findIds(db: Db, { query, order, known, place, isBackwards, limit }: Search): Promise<number[]> {
  const { text, ...rest } = query;
  const matcher = text === undefined ? null : textMatcher(text, known.attributes);
  const where = imagesWhere(rest, known);
  const way = wayOf(order, isBackwards);
  const select = async (from: Sql, conditions: Sql, missing: number) => {
    const read = matcher ? sql`, ${searchedText} AS "text", ${matcher.besides} AS "besides"` : sql``;
    const rows = found.parse(
      await db.$queryRaw`SELECT i."id"${read} FROM ${from} WHERE ${conditions} ORDER BY ${way.sorted}
                          LIMIT ${matcher ? Number.MAX_SAFE_INTEGER : missing}`,
    );
    const fitting = matcher ? rows.filter(({ text = "", besides = "" }) => matcher.isFound(text, besides)) : rows;
    return fitting.slice(0, missing).map(({ id }) => id);
  };

  const ids: number[] = [];
  let at = place;
  const ofOrder = imagesWhere(Object.fromEntries(way.fields.map((field) => [field, query[field]])), known);
  /** @returns whether the list ends within these rows, or all that is asked for was found */
  const walk = async (rows: number) => {
    const end = await way.placeAfter(db, { at, rows, where: ofOrder });
    const within = sql`${where} AND ${way.beyond(at)} AND ${way.upTo(end)}`;
    ids.push(...(await select(way.along, within, limit - ids.length)));
    at = end ?? at;
    return end === null || ids.length === limit;
  };
  const isOrderAlone = imageFields.every((field) => query[field] === undefined || way.fields.includes(field));
  if (isOrderAlone && !query.gone) return select(way.along, sql`${where} AND ${way.beyond(place)}`, limit);
  const [first = 0, ...blocks] = matcher ? TEXT_BLOCKS : BLOCKS;
  if (!query.gone && (await walk(Math.max(first, 2 * limit)))) return ids;
  const few = await findFew(db, query, known);
  if (few) {
    const from = sql`(${few.ids}) few CROSS JOIN "Image" i ON i."id" = few."id"`;
    return [...ids, ...(await select(from, sql`${where} AND ${way.beyond(at)}`, limit - ids.length))];
  }
  if (!query.gone) for (const block of blocks) if (await walk(block)) return ids;
  const some = matcher ? null : await findFew(db, query, known, SORTED_AT_MOST);
  while (!(some || matcher || query.gone)) {
    if (await walk(STRIDE)) return ids;
    // What is asked for meanwhile comes in between.
    await nextTurn();
  }
  const from = some ? sql`(${some.ids}) some CROSS JOIN "Image" i ON i."id" = some."id"` : sql`"Image" i`;
  const all = imagesWhere(query, known);
  const rows = found.parse(
    await db.$queryRaw`SELECT i."id" FROM ${from} WHERE ${all} AND ${way.beyond(at)} ORDER BY ${way.sorted}
                        LIMIT ${limit - ids.length}`,
  );
  return [...ids, ...rows.map(({ id }) => id)];
}
