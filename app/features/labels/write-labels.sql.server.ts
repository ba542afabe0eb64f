/**
 * How labels are written, whoever does it: a person, a promotion, an import or an undo. Each former label is kept in its
 * history first, and a new one goes on from its rev; the database refuses any other way (triggers of 0020_label_history).
 */

import type { Tx } from "~/ports/db.server";
import { rowId, type Sql, sql } from "~/ports/sql.server";

/** Who changes labels, when, and by which job run (null: without one). It is kept beside the labels that end. */
export type LabelChange = { by: string; at: Date; runId: number | null };

/** What a label says but for its rev, which its history tells. */
const content = sql`"imageId", "attribute", "value", "etag", "source", "confidence", "labelRunId", "acceptedBy", "acceptedAt",
  "folder", "jobRunId"`;

/**
 * Writes labels, whether there was one or not.
 * @param rows SELECTs `imageId`, `attribute`, `value`, `etag`, `source`, `confidence`, `labelRunId`, `acceptedBy`,
 *   `acceptedAt`, `folder` and `jobRunId`; each attribute of an image once. It is read twice, the second time with the
 *   present labels in their history.
 * @returns how many
 */
export async function writeLabels(tx: Tx, rows: Sql, change: LabelChange): Promise<number> {
  await keepFormer(tx, rows, change);
  return putLabels(tx, rows);
}

/** The same where the former ones are kept already. */
export const putLabels = (tx: Tx, rows: Sql): Promise<number> => tx.$executeRaw`
    INSERT INTO "Label" (${content}, "rev")
    SELECT ${content}, ${lastRev(sql`r`)} + 1 FROM (${rows}) r WHERE true
        ON CONFLICT ("imageId", "attribute") DO UPDATE
       SET "value" = excluded."value", "etag" = excluded."etag", "source" = excluded."source",
           "confidence" = excluded."confidence", "labelRunId" = excluded."labelRunId", "acceptedBy" = excluded."acceptedBy",
           "acceptedAt" = excluded."acceptedAt", "folder" = excluded."folder", "jobRunId" = excluded."jobRunId",
           "rev" = excluded."rev"`;

/**
 * Removes labels; their history stays.
 * @param which SELECTs `imageId` and `attribute`, each pair once; it is read twice, as above
 * @returns how many there were
 */
export async function removeLabels(tx: Tx, which: Sql, change: LabelChange): Promise<number> {
  await keepFormer(tx, which, change);
  return dropLabels(tx, which);
}

/** The same where they are kept already. */
export const dropLabels = (tx: Tx, which: Sql): Promise<number> => tx.$executeRaw`
  DELETE FROM "Label" WHERE ${rowId} IN (
    SELECT l.${rowId} FROM (${which}) r CROSS JOIN "Label" l ON ${isLabelOf(sql`r`)})`;

/** Keeps the present labels of rows with `imageId` and `attribute` in their history: each is changed or removed next. */
export const keepFormer = (tx: Tx, rows: Sql, { by, at, runId }: LabelChange) => tx.$executeRaw`
  INSERT INTO "LabelHistory" (${content}, "rev", "endedAt", "endedBy", "endedByRunId")
  SELECT l."imageId", l."attribute", l."value", l."etag", l."source", l."confidence", l."labelRunId", l."acceptedBy",
         l."acceptedAt", l."folder", l."jobRunId", l."rev", ${at.getTime()}, ${by}, ${runId}
    FROM (${rows}) r CROSS JOIN "Label" l ON ${isLabelOf(sql`r`)}`;

/** `"Label" l` is of this row's image and attribute. */
const isLabelOf = (row: Sql): Sql => sql`l."imageId" = ${row}."imageId" AND l."attribute" = ${row}."attribute"`;

/** The rev of the newest former label of this row's image and attribute; 0: there was none. */
export const lastRev = (row: Sql): Sql => sql`coalesce((
  SELECT max(h."rev") FROM "LabelHistory" h WHERE h."imageId" = ${row}."imageId" AND h."attribute" = ${row}."attribute"), 0)`;
