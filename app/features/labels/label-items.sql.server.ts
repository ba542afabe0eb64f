/**
 * Items of runs that change labels, in SQLite's dialect: one attribute of one image each, "12:tone" by subject. An item's
 * state is a `LabelState` as JSON.
 */

import { z } from "zod";
import { attributeWords } from "~/features/attribute-words";
import type { ItemRange, SetContext } from "~/features/job-runs/kinds/handler";
import type { Tx } from "~/ports/db.server";
import { jsonObject, type Sql, sql } from "~/ports/sql.server";
import { keepFormer, lastRev } from "./write-labels.sql.server";

/** An item's subject of this row's `imageId` and `attribute`. */
export const subjectOf = (row: Sql): Sql => sql`${row}."imageId" || ':' || ${row}."attribute"`;

/**
 * How people call an item, by its `"Image" m` and its attribute.
 * @param known the attributes that occur
 */
export function nameOf(attribute: Sql, known: readonly string[]): Sql {
  const words = known.reduce(
    (rest, one) => sql`CASE WHEN ${attribute} = ${one} THEN ${attributeWords(one)} ELSE ${rest} END`,
    attribute,
  );
  return sql`m."key" || ' · ' || ${words}`;
}

/** The image and the attribute of `"JobItem" i`. */
export const imageOf = sql`CAST(i."subject" AS INTEGER)`;
export const attributeOf = sql`substr(i."subject", instr(i."subject", ':') + 1)`;

/** `"JobItem" i` by what it is about. */
const itself = { imageId: imageOf, attribute: attributeOf };
/** The same by the columns of another table that is joined to it, which need not be worked out again. */
export const by = (table: Sql) => ({ imageId: sql`${table}."imageId"`, attribute: sql`${table}."attribute"` });

/** `"Label" l` of `"JobItem" i`, where there is one. */
export const withLabel = ({ imageId, attribute } = itself): Sql =>
  sql`LEFT JOIN "Label" l ON l."imageId" = ${imageId} AND l."attribute" = ${attribute}`;

/** The rev of `"Label" l`, or without one that of the last former label of this row's `imageId` and `attribute`. */
const presentRev = (row: Sql) => sql`coalesce(l."rev", ${lastRev(row)})`;

/** What is labeled now, for `before`: `"Label" l`, joined to a row with `imageId` and `attribute`. */
export const labeledNow = (row: Sql): Sql =>
  jsonObject({ value: sql`l."value"`, source: sql`l."source"`, rev: presentRev(row) });

/** What the next label of this row will be, for `target`. */
export const labeledNext = (row: Sql, { value, source }: { value: Sql; source: string }): Sql =>
  jsonObject({ value, source: sql`${source}`, rev: sql`${presentRev(row)} + 1` });

/** True where the label of `"JobItem" i` is still just as `before` says. */
export const stillLabeled = ({ imageId, attribute } = itself): Sql => sql`(
  CASE WHEN l."imageId" IS NOT NULL THEN i."before"->>'value' IS NOT NULL AND l."rev" = i."before"->>'rev'
       ELSE i."before"->>'value' IS NULL AND i."before"->>'rev' = coalesce((
         SELECT max(h."rev") FROM "LabelHistory" h WHERE h."imageId" = ${imageId} AND h."attribute" = ${attribute}), 0) END)`;

/** Why an item is skipped whose label is not what it was. */
export const labelChanged = "This label was changed since the plan was made. It keeps its present value.";

export const inRange = ({ runId, firstSeq, lastSeq }: ItemRange): Sql =>
  sql`i."runId" = ${runId} AND i."seq" BETWEEN ${firstSeq} AND ${lastSeq}`;

const counted = z.tuple([z.object({ count: z.coerce.number() })]);

/**
 * Does the open items of a range, and skips those that can no longer be done. Hardly ever there are any: all are tried first,
 * and only when fewer changed than there are items is that taken back and each of them looked at.
 * @param input.joined what `mayChange`, `reason` and `change` need, LEFT JOINed to `"JobItem" i`
 * @param input.reason why an item that may not is skipped, as a sentence
 * @param input.change puts and drops labels of the items that `FROM … WHERE …` finds, and returns how many; the former ones
 *   are kept already
 */
export async function changeItems(
  tx: Tx,
  range: ItemRange,
  input: {
    joined: Sql;
    mayChange: Sql;
    reason: Sql;
    context: Pick<SetContext<unknown>, "actor" | "at">;
    change: (items: Sql) => Promise<number>;
  },
): Promise<void> {
  const { joined, mayChange, reason, context } = input;
  // The "+" leaves it to the key to find the items.
  const isOpen = sql`${inRange(range)} AND +i."outcome" IS NULL`;
  const open = sql`FROM "JobItem" i ${joined} WHERE ${isOpen}`;
  const change = async (items: Sql) => {
    const labels = sql`SELECT ${imageOf} AS "imageId", ${attributeOf} AS "attribute" FROM "JobItem" i WHERE ${isOpen}`;
    await keepFormer(tx, labels, { by: context.actor, at: context.at, runId: range.runId });
    return input.change(items);
  };
  await tx.$executeRaw`SAVEPOINT "before_all"`;
  if ((await change(sql`${open} AND (${mayChange})`)) < range.lastSeq - range.firstSeq + 1) {
    await tx.$executeRaw`ROLLBACK TO "before_all"`;
    await tx.$executeRaw`
      UPDATE "JobItem" SET "outcome" = 'skipped', "reason" = s."reason"
        FROM (SELECT i."seq", ${reason} AS "reason" ${open} AND (${mayChange}) IS NOT TRUE) s
       WHERE "JobItem"."runId" = ${range.runId} AND "JobItem"."seq" = s."seq"`;
    const [{ count }] = counted.parse(await tx.$queryRaw`SELECT count(*) AS "count" ${open}`);
    const changed = await change(open);
    // What is not skipped counts as succeeded, so all of it must have been.
    if (changed !== count) throw new Error(`Of ${count} labels of run ${range.runId} that stand, ${changed} changed.`);
  }
  await tx.$executeRaw`RELEASE "before_all"`;
}
