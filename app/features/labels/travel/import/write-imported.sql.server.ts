import { goneSincePlan } from "~/features/images/since-plan";
import type { ItemRange, SetContext } from "~/features/job-runs/kinds/handler";
import {
  attributeOf,
  changeItems,
  imageOf,
  labelChanged,
  stillLabeled,
  withLabel,
} from "~/features/labels/label-items.sql.server";
import { dropLabels, putLabels } from "~/features/labels/write-labels.sql.server";
import type { Tx } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";

const subject = sql`${imageOf} AS "imageId", ${attributeOf} AS "attribute"`;

/** Writes and removes labels as the open items of a range say, and keeps where each came from. */
export function writeImported(tx: Tx, range: ItemRange, { runId, actor, at }: SetContext<unknown>): Promise<void> {
  return changeItems(tx, range, {
    joined: sql`LEFT JOIN "Image" m ON m."id" = ${imageOf} ${withLabel()}`,
    mayChange: sql`i."target"->>'problem' IS NULL AND m."id" IS NOT NULL AND m."goneAt" IS NULL AND ${stillLabeled()}`,
    reason: sql`coalesce(i."target"->>'problem',
      CASE WHEN m."id" IS NULL OR m."goneAt" IS NOT NULL THEN ${goneSincePlan.reason} ELSE ${labelChanged} END)`,
    context: { actor, at },
    change: async (items: Sql) => {
      const written = sql`${items} AND i."target"->>'value' IS NOT NULL`;
      // First of all: `items` are those whose label is still as it was.
      await tx.$executeRaw`
        INSERT INTO "LabelOrigin" ("imageId", "attribute", "jobRunId", "origin")
        SELECT ${subject}, ${runId}, i."target"->>'origin' ${written}`;
      const removed = await dropLabels(tx, sql`SELECT ${subject} ${items} AND i."target"->>'value' IS NULL`);
      const rows = sql`
        SELECT ${subject}, i."target"->>'value' AS "value", i."target"->>'etag' AS "etag", 'import' AS "source",
               i."target"->>'confidence' AS "confidence", NULL AS "labelRunId", ${actor} AS "acceptedBy",
               ${at.getTime()} AS "acceptedAt", i."target"->>'folder' AS "folder", ${runId} AS "jobRunId" ${written}`;
      return removed + (await putLabels(tx, rows));
    },
  });
}
