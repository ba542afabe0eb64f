import { z } from "zod";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { sql } from "~/ports/sql.server";
import { findFew, textSource } from "./find-few.sql.server";
import type { ImageQuery } from "./image-query";
import { imagesWhere, type Known } from "./image-query.sql.server";

/** What is counted without being asked: more takes as long as it takes. */
const COUNTED = 10_000;
const counts = z.tuple([z.object({ images: z.coerce.number() })]);

/** How many images a query finds: exactly up to 10,000, else “10,000+” (`isExact` false) unless `exact` is asked for. */
export async function countImages(
  { db, clock }: { db: Db; clock: Clock },
  { query, schema, exact = false }: { query: ImageQuery; schema: Omit<Known, "now">; exact?: boolean },
): Promise<{ count: number; isExact: boolean }> {
  const known = { now: clock.now(), ...schema };
  const { text, ...rest } = query;
  const few = (await findFew(db, query, known)) ?? (text === undefined ? null : textSource(text));
  const from = few ? sql`(${few.ids}) few CROSS JOIN "Image" i ON i."id" = few."id"` : sql`"Image" i`;
  const where = imagesWhere(few?.field === "text" ? rest : query, known);
  const most = exact ? Number.MAX_SAFE_INTEGER : COUNTED + 1;
  const found = await db.$queryRaw`
    SELECT count(*) AS "images" FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${most})`;
  const [{ images }] = counts.parse(found);
  return images > COUNTED && !exact ? { count: COUNTED, isExact: false } : { count: images, isExact: true };
}

/** How many images a search cannot find yet, because their words are still to be written; as of 10,000, no more exactly. */
export async function countDueText({ db }: { db: Db }): Promise<number> {
  const found = await db.$queryRaw`
    SELECT count(*) AS "images" FROM (SELECT 1 FROM "Image" WHERE "isTextDue" = true LIMIT ${COUNTED})`;
  return counts.parse(found)[0].images;
}
