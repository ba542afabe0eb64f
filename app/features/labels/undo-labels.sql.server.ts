/** The undo of runs that change labels: each former label is there again as it was, under the next rev. */

import { z } from "zod";
import type { SetUndo } from "~/features/job-runs/kinds/handler";
import type { Tx } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";
import { quote } from "~/quote";
import { attributeOf, changeItems, imageOf, inRange, stillLabeled, withLabel } from "./label-items.sql.server";
import { dropLabels, putLabels } from "./write-labels.sql.server";

const conflicts = z.array(z.object({ name: z.string(), value: z.string().nullable() }));

const labelChanged = "This label was changed since the run. It keeps its present value.";

/** Puts labels back that nobody changed since, from their history; the rest is kept and listed. */
export const labelUndo: SetUndo<unknown> = {
  target: (was, became) => sql`
    json_set(${was}, '$.from', ${was}->>'rev', '$.rev', (${became}->>'rev') + (${was}->>'value' IS NOT NULL))`,

  async findConflicts({ db }, range, { sample }) {
    const changed = sql`FROM "JobItem" i ${withLabel()} WHERE ${inRange(range)} AND ${stillLabeled()} IS NOT TRUE`;
    const counted = await db.$queryRaw`SELECT count(*) AS "count" ${changed}`;
    const [{ count }] = z.tuple([z.object({ count: z.coerce.number() })]).parse(counted);
    if (count === 0 || sample === 0) return { count, sample: [] };
    const found = await db.$queryRaw`
      SELECT coalesce(i."label", i."subject") AS "name", l."value" ${changed} ORDER BY i."seq" LIMIT ${sample}`;
    return {
      count,
      sample: conflicts
        .parse(found)
        .map(
          ({ name, value }) =>
            `${name}: ${value === null ? "the label was removed" : `it was set to ${quote(value)}`} since.`,
        ),
    };
  },

  undoChunk: (tx, range, context) =>
    changeItems(tx, range, {
      joined: withLabel(),
      mayChange: stillLabeled(),
      reason: sql`${labelChanged}`,
      context,
      change: (items) => putBack(tx, items),
    }),
};

/** What items shall be again: a former label, or none. */
async function putBack(tx: Tx, items: Sql): Promise<number> {
  const former = sql`
    SELECT h."imageId", h."attribute", h."value", h."etag", h."source", h."confidence", h."labelRunId", h."acceptedBy",
           h."acceptedAt", h."folder", h."jobRunId"
      FROM (SELECT ${imageOf} AS "imageId", ${attributeOf} AS "attribute", i."target"->>'from' AS "rev"
              ${items} AND i."target"->>'value' IS NOT NULL) t
     CROSS JOIN "LabelHistory" h ON h."imageId" = t."imageId" AND h."attribute" = t."attribute" AND h."rev" = t."rev"`;
  const none = sql`
    SELECT ${imageOf} AS "imageId", ${attributeOf} AS "attribute" ${items} AND i."target"->>'value' IS NULL`;
  return (await putLabels(tx, former)) + (await dropLabels(tx, none));
}
