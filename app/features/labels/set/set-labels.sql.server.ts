/** Labels that a person gives many images, in SQLite's dialect. */

import { z } from "zod";
import { type Known, selectedWhere } from "~/features/images/query/image-query.sql.server";
import { pickIds } from "~/features/images/query/pick-ids.sql.server";
import { changedSincePlan, goneSincePlan } from "~/features/images/since-plan";
import type { ItemRange, SetContext } from "~/features/job-runs/kinds/handler";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { groupFolderOf } from "~/features/labels/group-folder.sql.server";
import {
  attributeOf,
  changeItems,
  imageOf,
  inRange,
  labelChanged,
  labeledNow,
  nameOf,
  stillLabeled,
  subjectOf,
  withLabel,
} from "~/features/labels/label-items.sql.server";
import { labelSource } from "~/features/labels/label-state";
import { dropLabels, lastRev, putLabels } from "~/features/labels/write-labels.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { idsInOrder, jsonObject, type Sql, sql } from "~/ports/sql.server";
import type { LabelSetting } from "./set-labels";

/** True of an `"Image" i` that a person has labeled so, as it is now; without a value, of one that has no label. */
function isSo({ attribute, value }: Omit<LabelSetting, "selection">): Sql {
  const label = sql`SELECT 1 FROM "Label" l WHERE l."imageId" = i."id" AND l."attribute" = ${attribute}`;
  return value === null
    ? sql`NOT EXISTS (${label})`
    : sql`EXISTS (${label} AND l."value" = ${value} AND l."source" = 'person' AND l."etag" = i."etag")`;
}

/** The ids of a selection's images that are there and would be labeled otherwise than now, in order, many at once. */
export const pickOthers = (db: Db, { selection, ...label }: LabelSetting, known: Known) =>
  pickIds(db, selection, known, sql`i."goneAt" IS NULL AND NOT ${isSo(label)}`);

/** How many of them are labeled so already. */
export async function countSo(db: Db, { selection, ...label }: LabelSetting, known: Known): Promise<number> {
  const found = await db.$queryRaw`
    SELECT count(*) AS "images" FROM "Image" i
     WHERE i."goneAt" IS NULL AND ${isSo(label)} AND ${selectedWhere(selection, known)}`;
  return z.tuple([z.object({ images: z.coerce.number() })]).parse(found)[0].images;
}

const row = sql`p`;

/** What a plan says of these images: how each is labeled now, and how it shall be. */
export const plannedSettings = (ids: readonly number[], { attribute, value }: Omit<LabelSetting, "selection">): Sql => {
  const rev = sql`coalesce(l."rev", ${lastRev(row)})`;
  const target =
    value === null
      ? jsonObject({ value: sql`NULL`, source: sql`NULL`, rev })
      : jsonObject({ value: sql`${value}`, source: sql`'person'`, rev: sql`${rev} + 1`, etag: sql`m."etag"` });
  return sql`
    SELECT p."position", ${subjectOf(row)} AS "subject", ${nameOf(sql`p."attribute"`, [attribute])} AS "label",
           ${labeledNow(row)} AS "before", ${target} AS "target"
      FROM (SELECT "position", "id" AS "imageId", ${attribute} AS "attribute" FROM ${idsInOrder(ids)}) p
     CROSS JOIN "Image" m ON m."id" = p."imageId"
      LEFT JOIN "Label" l ON l."imageId" = p."imageId" AND l."attribute" = p."attribute"`;
};

const presentOnes = z.array(
  z.object({ value: z.string().nullable(), source: labelSource.nullable(), images: z.coerce.number() }),
);

/** How items of a range are labeled now, each present label with their number. */
export async function countPresent(db: Db, range: ItemRange) {
  const found = await db.$queryRaw`
    SELECT i."before"->>'value' AS "value", i."before"->>'source' AS "source", count(*) AS "images"
      FROM "JobItem" i WHERE ${inRange(range)} GROUP BY 1, 2`;
  return presentOnes.parse(found);
}

const joined = sql`LEFT JOIN "Image" m ON m."id" = ${imageOf} ${withLabel()}`;
const isAsPlanned = sql`(m."goneAt" IS NULL AND m."etag" = coalesce(i."target"->>'etag', m."etag"))`;

const reason = sql`CASE
  WHEN m."id" IS NULL OR m."goneAt" IS NOT NULL THEN ${goneSincePlan.reason}
  WHEN NOT ${isAsPlanned} THEN ${changedSincePlan.reason}
  ELSE ${labelChanged} END`;

/** Labels the open items of a range, or removes their labels, and skips those that something or someone changed since. */
export function setRange(
  tx: Tx,
  range: ItemRange,
  { payload: { value }, actor, at, runId, roots }: SetContext<LabelSetting> & Pick<LabelSchema, "roots">,
): Promise<void> {
  const key = sql`${imageOf} AS "imageId", ${attributeOf} AS "attribute"`;
  const labels = (items: Sql) => sql`
    SELECT ${key}, ${value} AS "value", m."etag", 'person' AS "source", NULL AS "confidence", NULL AS "labelRunId",
           ${actor} AS "acceptedBy", ${at.getTime()} AS "acceptedAt", ${groupFolderOf(roots)} AS "folder",
           ${runId} AS "jobRunId" ${items}`;
  return changeItems(tx, range, {
    joined,
    mayChange: sql`${isAsPlanned} AND ${stillLabeled()}`,
    reason,
    context: { actor, at },
    change: (items) => (value === null ? dropLabels(tx, sql`SELECT ${key} ${items}`) : putLabels(tx, labels(items))),
  });
}
