import { z } from "zod";
import { createPace } from "~/features/pace";
import { writeInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { linesOf, rowId, rowsFrom, type Sql, sql, valuesOf } from "~/ports/sql.server";
import { toIndexWords } from "./search-text";

// The full-text table keeps an image's words under its id. `isTextDue` says of a row that they are still to be written:
// so it is from the start, and a trigger says it again when a key changes. Thus no write path can make a search miss an
// image without the page being able to say so.

const found = z.array(z.object({ id: z.coerce.number() }));
const texts = z.array(z.object({ id: z.coerce.number(), text: z.string() }));

/** All that a search looks at in `"Image" i` itself: its key, and the prompts that made it. */
export const searchedText: Sql = sql`(i."key" || coalesce(' ' || (
  SELECT ${linesOf(sql`g."prompt"`)} FROM "Generation" g WHERE g."imageId" = i."id"), ''))`;

/**
 * Writes the words of these images, in place of former ones. Whoever calls it sets `isTextDue` of their rows to false, in
 * the same transaction.
 */
export async function writeWords(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const read = await tx.$queryRaw`
    SELECT i."id", ${searchedText} AS "text" FROM "Image" i WHERE i."id" IN ${valuesOf(ids)}`;
  const rows = texts.parse(read).map(({ id, text }) => ({ id, words: toIndexWords(text).join(" ") }));
  await tx.$executeRaw`DELETE FROM "ImageText" WHERE ${rowId} IN ${valuesOf(ids)}`;
  await tx.$executeRaw`
    INSERT INTO "ImageText" (${rowId}, "words")
    SELECT t."id", t."words" FROM ${rowsFrom(rows, { id: "integer", words: "text" })} t`;
}

/** Writes the words of these images that are due, in the transaction that changed their keys. */
export const writeDueWords = (tx: Tx, ids: number[]) => writeDue(tx, valuesOf(ids));

/** Writes the words of all images that are due: those of before there was a full-text index. */
export async function fillImageText({ db }: { db: Db }, signal: AbortSignal): Promise<void> {
  await writeInPieces(
    db,
    (tx, size) => writeDue(tx, sql`(SELECT "id" FROM "Image" WHERE "isTextDue" = true LIMIT ${size})`),
    { signal, pace: createPace(200) },
  );
}

async function writeDue(tx: Tx, ids: Sql): Promise<number> {
  const due = await tx.$queryRaw`
    UPDATE "Image" SET "isTextDue" = false WHERE "id" IN ${ids} AND "isTextDue" = true RETURNING "id"`;
  const dueIds = found.parse(due).map(({ id }) => id);
  await writeWords(tx, dueIds);
  return dueIds.length;
}
