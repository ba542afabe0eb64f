import { z } from "zod";
import type { ImageField, ImageQuery } from "~/features/images/query/image-query";
import { fieldsWhere, imagesWhere, type Known } from "~/features/images/query/image-query.sql.server";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { alongIndex, jsonList, type Sql, sql } from "~/ports/sql.server";
import type { ImageOrder } from "./image-order";

/** A place between two images of a list. */
export type Place = { id: number; value: string | number };

type Order = {
  column: Sql;
  index: string;
  ends: readonly [string | number, string | number];
  fields: readonly ImageField[];
};
const numbers = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;

/** By what each order sorts, the index that has it so, its ends, and the fields of a query that are ranges of it. */
const orders = {
  created: {
    column: sql`i."createdAt"`,
    index: "Image_goneAt_createdAt_idx",
    ends: numbers,
    fields: ["since", "until"],
  },
  bytes: { column: sql`i."bytes"`, index: "Image_goneAt_bytes_idx", ends: numbers, fields: ["minBytes", "maxBytes"] },
  key: { column: sql`i."key"`, index: "Image_key_key", ends: ["", "\u{10FFFF}"], fields: ["root", "group", "prefix"] },
} as const satisfies Record<ImageOrder["by"], Order>;

const places = z.array(z.object({ id: z.coerce.number(), value: z.union([z.string(), z.coerce.number()]) }));

const stretches = z.tuple([
  z.object({
    ids: jsonColumn(z.array(z.number())),
    value: z.union([z.string(), z.bigint(), z.number()]).nullable(),
  }),
]);

/** The indexes in which the images of one owner, of nobody, and of one kind are in the order of time. */
function narrower({ by }: ImageOrder, { owner, unowned, kind }: ImageQuery) {
  if (by !== "created") return null;
  if (owner ? owner.length === 1 && !unowned : unowned) {
    return { index: "Image_ownerId_goneAt_createdAt_id_bytes_idx", fields: ["owner", "unowned"] as const };
  }
  return kind?.length === 1 ? { index: "Image_kind_goneAt_createdAt_idx", fields: ["kind"] as const } : null;
}

/**
 * How a list of `"Image" i` is walked along the index of its order, one way or the other. Of a query, which must then be
 * among the conditions, it may be an index that has just its images in that order.
 */
export function wayOf(order: ImageOrder, isBackwards = false, query: ImageQuery = {}) {
  const { column, ends } = orders[order.by];
  const narrow = narrower(order, query);
  const index = narrow?.index ?? orders[order.by].index;
  const fields: readonly ImageField[] = [...orders[order.by].fields, ...(narrow?.fields ?? [])];
  const isDown = (order.direction === "desc") !== isBackwards;
  return {
    fields,
    hasGone: order.by === "key",
    along: sql`"Image" i ${alongIndex(index)}`,
    sorted: isDown ? sql`${column} DESC, i."id" DESC` : sql`${column}, i."id"`,
    /** The images behind a place; null: all. */
    beyond(at: Place | null): Sql {
      if (at === null) return sql`1 = 1`;
      return isDown
        ? sql`(${column}, i."id") < (${at.value}, ${at.id})`
        : sql`(${column}, i."id") > (${at.value}, ${at.id})`;
    },
    /** The images up to a place; null: all. */
    upTo(at: Place | null): Sql {
      if (at === null) return sql`1 = 1`;
      return isDown
        ? sql`(${column}, i."id") >= (${at.value}, ${at.id})`
        : sql`(${column}, i."id") <= (${at.value}, ${at.id})`;
    },
    /** The images of so many rows behind a place, told within one statement: with equal ones of the last row, or to the end. */
    within(at: Place | null, { rows, where }: { rows: number; where: Sql }): Sql {
      const last = sql`(
        SELECT ${column} FROM ${this.along} WHERE ${where} AND ${this.beyond(at)} ORDER BY ${this.sorted} LIMIT 1 OFFSET ${rows - 1})`;
      return isDown ? sql`${column} >= coalesce(${last}, ${ends[0]})` : sql`${column} <= coalesce(${last}, ${ends[1]})`;
    },
    /** The ids of so many rows behind a place, and the place of the last of them; null where the list ends with it. */
    async readIds(db: Db, { at, rows, where }: { at: Place | null; rows: number; where: Sql }) {
      const found = await db.$queryRaw`
        SELECT ${jsonList(sql`"id"`)} AS "ids", ${isDown ? sql`min` : sql`max`}("value") AS "value" FROM (
          SELECT i."id", ${column} AS "value" FROM ${this.along} WHERE ${where} AND ${this.beyond(at)}
           ORDER BY ${this.sorted} LIMIT ${rows})`;
      const [{ ids, value }] = stretches.parse(found);
      const last = ids.at(-1);
      const end: Place | null =
        last === undefined || value === null || ids.length < rows
          ? null
          : { id: last, value: order.by === "key" ? String(value) : Number(value) };
      return { ids, end };
    },
    /** The place so many rows behind another one; null where the list ends before. */
    async placeAfter(
      db: Db,
      { at, rows, where }: { at: Place | null; rows: number; where: Sql },
    ): Promise<Place | null> {
      const found = await db.$queryRaw`
        SELECT i."id", ${column} AS "value" FROM ${this.along} WHERE ${where} AND ${this.beyond(at)}
         ORDER BY ${this.sorted} LIMIT 1 OFFSET ${rows}`;
      return places.parse(found)[0] ?? null;
    },
  };
}

const ofWay = ({ fields }: ReturnType<typeof wayOf>, query: ImageQuery): ImageQuery =>
  Object.fromEntries(fields.map((field) => [field, query[field]]));

/** The condition of those fields of a query that are ranges of the way's index. */
export const conditionsOf = (way: ReturnType<typeof wayOf>, query: ImageQuery, known: Known): Sql =>
  imagesWhere(ofWay(way, query), known);

/** As much of it as the index alone can tell: that of keys has gone images as well. */
export const indexed = (way: ReturnType<typeof wayOf>, query: ImageQuery, known: Known): Sql =>
  way.hasGone ? fieldsWhere(ofWay(way, query), known) : conditionsOf(way, query, known);
