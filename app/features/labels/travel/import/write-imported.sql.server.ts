/** Labels of an import's items, many at once. Item states carry `imageId` and `attribute`; see import-labels.ts for the rest. */

import { z } from "zod";
import type { ItemRange } from "~/features/job-runs/kinds/handler";
import { type LabelChange, removeLabels, writeLabels } from "~/features/labels/write-labels.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";
import { quote, quoteKey } from "~/quote";

const inRange = ({ runId, firstSeq, lastSeq }: ItemRange) =>
  sql`i."runId" = ${runId} AND i."seq" BETWEEN ${firstSeq} AND ${lastSeq}`;
/** The "+" leaves it to the key to find the items. */
const isOpen = (range: ItemRange) => sql`${inRange(range)} AND +i."outcome" IS NULL`;

/** Which label an item is about, from its target. */
const subject = sql`CAST(i."target"->>'imageId' AS INTEGER) AS "imageId", i."target"->>'attribute' AS "attribute"`;
const labelOfItem = sql`SELECT 1 FROM "Label" l
  WHERE l."imageId" = CAST(i."target"->>'imageId' AS INTEGER) AND l."attribute" = i."target"->>'attribute'`;
const imageOfItem = sql`SELECT 1 FROM "Image" m WHERE m."id" = CAST(i."target"->>'imageId' AS INTEGER)`;
const wasNone = sql`i."before"->>'value' IS NULL`;
const becomesNone = sql`i."target"->>'value' IS NULL`;

/** The label is as the plan saw it; of one that was not there: it still is not. */
const isAsPlanned = sql`CASE WHEN ${wasNone} THEN NOT EXISTS (${labelOfItem})
  ELSE EXISTS (${labelOfItem} AND l."rev" = CAST(i."before"->>'rev' AS INTEGER)) END AND EXISTS (${imageOfItem})`;

/** The label is as a run left it: written by it, also if an undo brought it back since; or not there, if it removed it. */
const isAsLeft = (runId: number) => sql`CASE WHEN ${wasNone} THEN NOT EXISTS (${labelOfItem})
  ELSE EXISTS (${labelOfItem} AND l."jobRunId" = ${runId}) END AND EXISTS (${imageOfItem})`;

/** Writes and removes labels as the open items of a range say, and keeps where each came from. */
export async function writeImported(tx: Tx, range: ItemRange): Promise<void> {
  const { runId } = range;
  await tx.$executeRaw`
    UPDATE "JobItem" AS i SET "outcome" = 'skipped', "reason" = i."target"->>'problem'
     WHERE ${isOpen(range)} AND i."target"->>'problem' IS NOT NULL`;
  await skipUnless(tx, range, isAsPlanned, "This label changed since the plan was made.");
  const change = await readChange(tx, runId);
  const { by, at } = change;
  const rows = sql`
    SELECT ${subject}, i."target"->>'value' AS "value", i."target"->>'etag' AS "etag", 'import' AS "source",
           i."target"->>'confidence' AS "confidence", NULL AS "labelRunId", ${by} AS "acceptedBy", ${at.getTime()} AS "acceptedAt",
           i."target"->>'folder' AS "folder", ${runId} AS "jobRunId"
      FROM "JobItem" i WHERE ${isOpen(range)} AND NOT ${becomesNone}`;
  await writeLabels(tx, rows, change);
  await tx.$executeRaw`
    INSERT INTO "LabelOrigin" ("imageId", "attribute", "jobRunId", "origin")
    SELECT ${subject}, ${runId}, i."target"->>'origin' FROM "JobItem" i WHERE ${isOpen(range)} AND NOT ${becomesNone}`;
  await removeLabels(tx, sql`SELECT ${subject} FROM "JobItem" i WHERE ${isOpen(range)} AND ${becomesNone}`, change);
}

/** Puts back what the run of an undo's items changed, each former label just as its history has it. */
export async function restoreLabels(tx: Tx, range: ItemRange): Promise<void> {
  const { undoOf, ...change } = await readChange(tx, range.runId);
  await skipUnless(tx, range, isAsLeft(undoOf), "This label changed since the run.");
  const rows = sql`
    SELECT h."imageId", h."attribute", h."value", h."etag", h."source", h."confidence", h."labelRunId", h."acceptedBy",
           h."acceptedAt", h."folder", h."jobRunId"
      FROM "JobItem" i CROSS JOIN "LabelHistory" h ON h."imageId" = CAST(i."target"->>'imageId' AS INTEGER)
           AND h."attribute" = i."target"->>'attribute' AND h."rev" = CAST(i."target"->>'rev' AS INTEGER)
     WHERE ${isOpen(range)} AND NOT ${becomesNone}`;
  await writeLabels(tx, rows, change);
  await removeLabels(tx, sql`SELECT ${subject} FROM "JobItem" i WHERE ${isOpen(range)} AND ${becomesNone}`, change);
}

const skipUnless = (tx: Tx, range: ItemRange, isFit: Sql, reason: string) => tx.$executeRaw`
  UPDATE "JobItem" AS i SET "outcome" = 'skipped', "reason" = ${reason} WHERE ${isOpen(range)} AND NOT (${isFit})`;

/** In whose name a run writes: whoever started it, at the time at which it was applied. */
async function readChange(tx: Tx, runId: number): Promise<LabelChange & { undoOf: number }> {
  const run = await tx.jobRun.findUniqueOrThrow({
    where: { id: runId },
    select: { actor: true, appliedAt: true, createdAt: true, undoOfId: true },
  });
  return { by: run.actor, at: run.appliedAt ?? run.createdAt, runId, undoOf: run.undoOfId ?? runId };
}

const conflicts = z.array(z.object({ key: z.string(), attribute: z.string(), value: z.string().nullable() }));

/** Items of an undo whose label is no longer as the run left it, the first of them with why, and how many there are. */
export async function findLabelConflicts(db: Db, range: ItemRange, limit: number) {
  const { undoOfId } = await db.jobRun.findUniqueOrThrow({ where: { id: range.runId }, select: { undoOfId: true } });
  const from = sql`FROM "JobItem" i WHERE ${inRange(range)} AND NOT (${isAsLeft(undoOfId ?? range.runId)})`;
  const counted = await db.$queryRaw`SELECT count(*) AS "count" ${from}`;
  const [{ count }] = z.tuple([z.object({ count: z.coerce.number() })]).parse(counted);
  if (count === 0 || limit === 0) return { count, sample: [] };
  const found = await db.$queryRaw`
    SELECT coalesce(r."label", r."subject") AS "key", r."attribute", l."value"
      FROM (SELECT i."seq", i."label", i."subject", ${subject} ${from} ORDER BY i."seq" LIMIT ${limit}) r
      LEFT JOIN "Label" l ON l."imageId" = r."imageId" AND l."attribute" = r."attribute" ORDER BY r."seq"`;
  return { count, sample: conflicts.parse(found).map(conflictWords) };
}

const conflictWords = ({ key, attribute, value }: z.infer<typeof conflicts>[number]) =>
  value === null
    ? `${quoteKey(key)} has no label for ${quote(attribute)} now.`
    : `${quoteKey(key)} has ${quote(value)} for ${quote(attribute)} now.`;
