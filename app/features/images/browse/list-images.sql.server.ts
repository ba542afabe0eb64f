import { z } from "zod";
import { searchedText } from "~/features/images/text/image-text.sql.server";
import { matcherOf } from "~/features/images/text/search-text";
import { isUnreadable } from "~/features/images/unreadable.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { alongIndex, type Sql, sql } from "~/ports/sql.server";
import { findFew } from "./find-few.sql.server";
import { type Cursor, cursorOf, type ImageOrder, type PageFrom, parseCursor } from "./image-order";
import type { ImageField, ImageQuery } from "./image-query";
import { imagesWhere, type Known } from "./image-query.sql.server";

type Deps = { db: Db; clock: Clock };
type Schema = Omit<Known, "now">;
export type ImageCard = Awaited<ReturnType<typeof readCards>>[number];

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
  place: { id: number; value: string | number } | null;
  isBackwards: boolean;
  limit: number;
};

const orders = {
  created: { column: sql`i."createdAt"`, index: "Image_goneAt_createdAt_idx", fields: ["since", "until"] },
  bytes: { column: sql`i."bytes"`, index: "Image_goneAt_bytes_idx", fields: ["minBytes", "maxBytes"] },
  key: { column: sql`i."key"`, index: "Image_key_key", fields: ["root", "group", "prefix"] },
} as const satisfies Record<ImageOrder["by"], { column: Sql; index: string; fields: readonly ImageField[] }>;

/** Rows of the list that are looked at before all that the query finds is sorted; fewer where each is a text to read. */
const BLOCKS = [500, 5_000, 20_000];
const TEXT_BLOCKS = [300, 2_000, 8_000];

const found = z.array(z.object({ id: z.coerce.number(), text: z.string().optional() }));
const places = z.array(z.object({ id: z.coerce.number(), value: z.union([z.string(), z.coerce.number()]) }));

/**
 * The ids of the first `limit` images beyond a place. Few are sorted. Where a query finds many, the first of them are
 * near: the list is walked along its index for some thousand rows, and only when that was in vain all are sorted.
 */
async function findIds(db: Db, { query, order, known, place, isBackwards, limit }: Search): Promise<number[]> {
  const { text, ...rest } = query;
  const matches = text === undefined ? null : matcherOf(text);
  const where = imagesWhere(rest, known);
  const { column, index, fields } = orders[order.by];
  const isDown = (order.direction === "desc") !== isBackwards;
  const sorted = isDown ? sql`${column} DESC, i."id" DESC` : sql`${column}, i."id"`;
  const beyond = (at: Search["place"]) => {
    if (at === null) return sql`1 = 1`;
    return isDown
      ? sql`(${column}, i."id") < (${at.value}, ${at.id})`
      : sql`(${column}, i."id") > (${at.value}, ${at.id})`;
  };
  const upTo = (at: NonNullable<Search["place"]>) =>
    isDown ? sql`(${column}, i."id") >= (${at.value}, ${at.id})` : sql`(${column}, i."id") <= (${at.value}, ${at.id})`;
  const select = async (from: Sql, conditions: Sql, missing: number) => {
    const rows = found.parse(
      await db.$queryRaw`SELECT i."id"${matches ? sql`, ${searchedText} AS "text"` : sql``} FROM ${from} WHERE ${conditions} ORDER BY ${sorted}
                          LIMIT ${matches ? Number.MAX_SAFE_INTEGER : missing}`,
    );
    return (matches ? rows.filter(({ text }) => matches(text ?? "")) : rows).slice(0, missing).map(({ id }) => id);
  };

  const few = await findFew(db, query, known);
  if (few)
    return select(
      sql`(${few.ids}) few CROSS JOIN "Image" i ON i."id" = few."id"`,
      sql`${where} AND ${beyond(place)}`,
      limit,
    );

  const ids: number[] = [];
  let at = place;
  if (!query.gone) {
    const ofOrder = imagesWhere(Object.fromEntries(fields.map((field) => [field, query[field]])), known);
    const along = sql`"Image" i ${alongIndex(index)}`;
    for (const block of matches ? TEXT_BLOCKS : BLOCKS) {
      const [end] = places.parse(
        await db.$queryRaw`SELECT i."id", ${column} AS "value" FROM ${along} WHERE ${ofOrder} AND ${beyond(at)}
                            ORDER BY ${sorted} LIMIT 1 OFFSET ${block}`,
      );
      const within = end ? upTo(end) : sql`1 = 1`;
      ids.push(...(await select(along, sql`${where} AND ${beyond(at)} AND ${within}`, limit - ids.length)));
      if (!end || ids.length === limit) return ids;
      at = end;
    }
  }
  const all = imagesWhere(query, known);
  const rows = found.parse(
    await db.$queryRaw`SELECT i."id" FROM "Image" i WHERE ${all} AND ${beyond(at)} ORDER BY ${sorted}
                        LIMIT ${limit - ids.length}`,
  );
  return [...ids, ...rows.map(({ id }) => id)];
}

/** The cards of these images, in this order; without those that there are not. */
export async function readCards(db: Db, ids: number[]) {
  const rows = await db.image.findMany({ where: { id: { in: ids } }, include: { owner: { select: { name: true } } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return [
      {
        id,
        key: row.key,
        etag: row.etag,
        kind: row.kind,
        bytes: Number(row.bytes),
        width: row.readEtag === row.etag ? row.width : null,
        height: row.readEtag === row.etag ? row.height : null,
        ownerId: row.ownerId,
        ownerName: row.owner?.name ?? null,
        contentType: row.readEtag === row.etag ? row.contentType : null,
        isUnreadable: isUnreadable(row),
        unreadable: isUnreadable(row) ? row.unreadable : null,
        goneAt: row.goneAt,
        createdAt: row.createdAt,
        archivedAs: row.archivedAs,
        hasThumbnail: row.thumbnailEtag === row.etag,
      },
    ];
  });
}
