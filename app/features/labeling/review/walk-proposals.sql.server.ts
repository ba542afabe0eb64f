import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { alongIndex, type Sql, sql } from "~/ports/sql.server";
import { byImage, compared, comparedOfImages, sureness } from "./compared.sql.server";
import type { ReviewFilter } from "./review-filter";

/** Entries of an index that one statement goes through: at first those of a page that is full at once, later some 30 ms. */
const FIRST = 1_000;
const MOST = 8_000;

/** How the proposals of a label run are walked in the order of a list. */
export type Walk = {
  /** FROM, as `compared`. */
  along: Sql;
  sorted: Sql;
  /**
   * The walk in stretches, as conditions; between two of them whatever else the process does has its turn.
   * @param from the proposal behind which it begins; null: at the first one
   */
  stretches(from: number | null): AsyncGenerator<Sql, void>;
};

type Walked = { labelRunId: number; filter: ReviewFilter; isDown: boolean };

/** A place between two proposals: `value` is what the list is sorted by. */
type Place = { value: string | number; imageId: number; attribute: string };

const places = z.array(
  z.object({ value: z.union([z.string(), z.coerce.number()]), imageId: z.coerce.number(), attribute: z.string() }),
);

/** By confidence: along an index of all proposals of the run, or of those of one value. */
export function walkBySureness(db: Db, { labelRunId, filter, isDown }: Walked): Walk {
  const { attribute, new: value } = filter;
  const isOneValue = attribute !== undefined && value !== undefined;
  const way = alongIndex(isOneValue ? "Proposal_value_sureness_idx" : "Proposal_sureness_idx");
  const ofValue = isOneValue ? sql`p."attribute" = ${attribute} AND p."value" = ${value}` : sql`1 = 1`;
  const order = orderBy(sureness, isDown);
  const behind = (at: Place | null) => sql`p."labelRunId" = ${labelRunId} AND ${ofValue} AND ${order.behind(at)}`;
  return {
    along: compared(way),
    sorted: order.sorted,
    stretches: (from) =>
      walk(db, sureness, from, {
        next: async (at, size) => {
          const found = await db.$queryRaw`
            SELECT ${sureness} AS "value", p."imageId", p."attribute" FROM "Proposal" p ${way} WHERE ${behind(at)}
             ORDER BY ${order.sorted} LIMIT 1 OFFSET ${size - 1}`;
          return places.parse(found)[0] ?? null;
        },
        between: (at, end) => sql`${behind(at)} AND ${order.upTo(end)}`,
      }),
  };
}

/** By key: a run of few proposals is sorted; for one of many the images are walked in this order. */
export async function walkByKey(db: Db, { labelRunId, isDown }: Walked): Promise<Walk> {
  const key = sql`i."key"`;
  const order = orderBy(key, isDown);
  const ofRun = sql`p."labelRunId" = ${labelRunId}`;
  const isLong = await db.proposal.findFirst({ where: { labelRunId }, select: { id: true }, skip: MOST });
  if (!isLong) {
    const between = (at: Place | null) => sql`${ofRun} AND ${order.behind(at)}`;
    const stretches: Walk["stretches"] = (from) => walk(db, key, from, { next: async () => null, between });
    return { along: compared(byImage), sorted: order.sorted, stretches };
  }
  const images = sql`"Image" i ${alongIndex("Image_key_key")}`;
  const [after, upTo] = isDown ? [sql`<=`, sql`>=`] : [sql`>=`, sql`<=`];
  const keysFrom = (at: Place | null) => (at ? sql`${key} ${after} ${at.value}` : sql`1 = 1`);
  const keysTo = (end: Place | null) => (end ? sql`${key} ${upTo} ${end.value}` : sql`1 = 1`);
  return {
    along: comparedOfImages(images, labelRunId),
    sorted: order.sorted,
    stretches: (from) =>
      walk(db, key, from, {
        next: async (at, size) => {
          // Behind whatever is proposed for that image.
          const found = await db.$queryRaw`
            SELECT ${key} AS "value", ${isDown ? 0 : Number.MAX_SAFE_INTEGER} AS "imageId", '' AS "attribute"
              FROM ${images} WHERE ${keysFrom(at)} ORDER BY ${key} ${isDown ? sql`DESC` : sql`ASC`} LIMIT 1 OFFSET ${size}`;
          return places.parse(found)[0] ?? null;
        },
        between: (at, end) => sql`${keysFrom(at)} AND ${keysTo(end)} AND ${order.behind(at)}`,
      }),
  };
}

function orderBy(value: Sql, isDown: boolean) {
  const row = sql`(${value}, p."imageId", p."attribute")`;
  const way = isDown ? sql`DESC` : sql`ASC`;
  const [behind, upTo] = isDown ? [sql`<`, sql`>=`] : [sql`>`, sql`<=`];
  const compare = (than: Sql, at: Place | null) =>
    at ? sql`${row} ${than} (${at.value}, ${at.imageId}, ${at.attribute})` : sql`1 = 1`;
  return {
    sorted: sql`${value} ${way}, p."imageId" ${way}, p."attribute" ${way}`,
    behind: (at: Place | null) => compare(behind, at),
    upTo: (end: Place | null) => compare(upTo, end),
  };
}

type Steps = {
  /** The place so many rows behind another one; null where the walk ends before. */
  next(at: Place | null, rows: number): Promise<Place | null>;
  between(at: Place | null, end: Place | null): Sql;
};

async function* walk(db: Db, value: Sql, from: number | null, { next, between }: Steps): AsyncGenerator<Sql, void> {
  let at: Place | null = null;
  if (from !== null) {
    const found = await db.$queryRaw`
      SELECT ${value} AS "value", p."imageId", p."attribute" FROM ${compared()} WHERE p."id" = ${from}`;
    const [place] = places.parse(found);
    if (!place) return;
    at = place;
  }
  for (let size = FIRST; ; size = Math.min(size * 4, MOST)) {
    const end: Place | null = await next(at, size);
    yield between(at, end);
    if (end === null) return;
    at = end;
    await nextTurn();
  }
}
