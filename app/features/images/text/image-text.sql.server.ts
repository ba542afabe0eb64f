import { z } from "zod";
import type { Db, Tx } from "~/ports/db.server";
import { rowId, rowsFrom, type Sql, sql, valuesOf } from "~/ports/sql.server";
import { toIndexWords } from "./search-text";

// The full-text table keeps an image's words under its id. `isTextDue` says of a row that they are still to be written:
// so it is from the start, and a trigger says it again when a key changes. Thus no write path can make a search miss an
// image without the page being able to say so.

/** Images whose words one transaction writes: some 50 ms. */
const BATCH = 2_000;
const keyed = z.array(z.object({ key: z.string() }));

/**
 * Writes the words of the images that have these keys, in place of former ones. Whoever calls it sets `isTextDue` of
 * their rows to false, in the same transaction.
 */
export async function writeWords(tx: Tx, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  const texts = keys.map((key) => ({ key, words: toIndexWords(key).join(" ") }));
  const found = sql`${rowsFrom(texts, { key: "text", words: "text" })} t JOIN "Image" i ON i."key" = t."key"`;
  await tx.$executeRaw`DELETE FROM "ImageText" WHERE ${rowId} IN (SELECT i."id" FROM ${found})`;
  await tx.$executeRaw`INSERT INTO "ImageText" (${rowId}, "words") SELECT i."id", t."words" FROM ${found}`;
}

/** Writes the words of these images that are due, in the transaction that changed their keys. */
export const writeDueWords = (tx: Tx, ids: number[]) => writeDue(tx, valuesOf(ids));

/** Writes the words of all images that are due: those of before there was a full-text index. */
export async function fillImageText({ db }: { db: Db }, signal: AbortSignal): Promise<void> {
  const some = sql`(SELECT "id" FROM "Image" WHERE "isTextDue" = true LIMIT ${BATCH})`;
  for (let filled = BATCH; filled === BATCH; ) {
    signal.throwIfAborted();
    filled = await db.$write((tx) => writeDue(tx, some));
  }
}

async function writeDue(tx: Tx, ids: Sql): Promise<number> {
  const due = await tx.$queryRaw`
    UPDATE "Image" SET "isTextDue" = false WHERE "id" IN ${ids} AND "isTextDue" = true RETURNING "key"`;
  const keys = keyed.parse(due).map(({ key }) => key);
  await writeWords(tx, keys);
  return keys.length;
}
