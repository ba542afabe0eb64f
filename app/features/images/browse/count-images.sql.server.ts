import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { findFew, type Source, sourcesOf } from "~/features/images/query/find-few.sql.server";
import { type ImageQuery, imageFields } from "~/features/images/query/image-query";
import { imagesWhere, type Known } from "~/features/images/query/image-query.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { conditionsOf, type Place, wayOf } from "./walk-list.sql.server";

/** What is counted without being asked: more takes as long as it takes. */
const COUNTED = 10_000;
/** Rows that one statement looks at where no index tells: some 10 ms, in which the process can do nothing else. */
const BLOCK = 4_000;
/** Images that one statement reads: some 100 ms. */
const READ_AT_ONCE = 50_000;
const newestFirst = { by: "created", direction: "desc" } as const;
const counts = z.tuple([z.object({ images: z.coerce.number() })]);

/** How many images a query finds: exactly up to 10,000, else “10,000+” (`isExact` false) unless `exact` is asked for. */
export async function countImages(
  { db, clock }: { db: Db; clock: Clock },
  { query, schema, exact = false }: { query: ImageQuery; schema: Omit<Known, "now">; exact?: boolean },
): Promise<{ count: number; isExact: boolean }> {
  const known = { now: clock.now(), ...schema };
  const most = exact ? Number.MAX_SAFE_INTEGER : COUNTED + 1;
  const sources = await sourcesOf(db, query, known);
  if (sources === null) return { count: 0, isExact: true };
  const source =
    (await findFew(db, sources)) ?? (await findFew(db, sources, READ_AT_ONCE)) ?? wholeSource(query, sources);
  const images = source
    ? await countFrom(db, source, { query, known, most })
    : await countAlong(db, { query, known, most });
  return images > COUNTED && !exact ? { count: COUNTED, isExact: false } : { count: images, isExact: true };
}

/** The source of a query of one field, of which each image counts; and of a text, which only the full-text index tells. */
const wholeSource = (query: ImageQuery, sources: readonly Source[]) =>
  query.text !== undefined || imageFields.filter((field) => query[field] !== undefined).length === 1
    ? (sources[0] ?? null)
    : null;

type Counting = { query: ImageQuery; known: Known; most: number };

async function countFrom(db: Db, source: Source, { query, known, most }: Counting): Promise<number> {
  const { text: _, ...rest } = query;
  const where = imagesWhere(source.isTextAlone ? rest : query, known);
  const found = await db.$queryRaw`
    SELECT count(*) AS "images" FROM (
      SELECT 1 FROM (${source.ids}) few CROSS JOIN "Image" i ON i."id" = few."id" WHERE ${where} LIMIT ${most})`;
  return counts.parse(found)[0].images;
}

/** Block after block of the list, so that lists come in between. */
async function countAlong(db: Db, { query, known, most }: Counting): Promise<number> {
  const way = wayOf(newestFirst, false, query);
  const where = imagesWhere(query, known);
  const ofOrder = conditionsOf(way, query, known);
  let images = 0;
  for (let at: Place | null = null; images < most; ) {
    const end: Place | null = await way.placeAfter(db, { at, rows: BLOCK - 1, where: ofOrder });
    const found = await db.$queryRaw`
      SELECT count(*) AS "images" FROM ${way.along} WHERE ${where} AND ${way.beyond(at)} AND ${way.upTo(end)}`;
    images += counts.parse(found)[0].images;
    if (end === null) break;
    at = end;
    await nextTurn();
  }
  return images;
}

/** How many images a search cannot find yet, because their words are still to be written; as of 10,000, no more exactly. */
export async function countDueText({ db }: { db: Db }): Promise<number> {
  const found = await db.$queryRaw`
    SELECT count(*) AS "images" FROM (SELECT 1 FROM "Image" WHERE "isTextDue" = true LIMIT ${COUNTED})`;
  return counts.parse(found)[0].images;
}
