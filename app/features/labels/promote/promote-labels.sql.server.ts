/** Accepted proposals of a label run as labels, in SQLite's dialect. */

import { z } from "zod";
import { changedSincePlan, goneSincePlan } from "~/features/images/since-plan";
import type { ItemRange, SetContext } from "~/features/job-runs/kinds/handler";
import { jsonColumn } from "~/features/json-column";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { groupFolderOf } from "~/features/labels/group-folder.sql.server";
import {
  attributeOf,
  by,
  changeItems,
  imageOf,
  labelChanged,
  labeledNext,
  labeledNow,
  nameOf,
  stillLabeled,
  subjectOf,
  withLabel,
} from "~/features/labels/label-items.sql.server";
import { labelSource } from "~/features/labels/label-state";
import { stretchesOfProposals } from "~/features/labels/stretches.sql.server";
import { putLabels } from "~/features/labels/write-labels.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { idsInOrder, jsonList, type Sql, sql } from "~/ports/sql.server";
import type { Promotion } from "./promote-labels";

/** Proposals that one read looks at, about: some 200 ms in which a worker does nothing else. */
const READ_AT_ONCE = 100_000;

/** `"Proposal" p` beside its `"Image" m` and the present `"Label" l`. */
const beside = sql`CROSS JOIN "Image" m ON m."id" = p."imageId"
  LEFT JOIN "Label" l ON l."imageId" = p."imageId" AND l."attribute" = p."attribute"`;

/** A label that a person set gives way to another value only where whoever accepted that saw it, and chose so. */
const mayReplace = sql`(l."source" IS DISTINCT FROM 'person' OR l."value" = p."value" OR l."rev" IS NOT DISTINCT FROM p."overRev")`;

/** What becomes of an accepted proposal: why a plan leaves it out, or 'new'. */
const fate = sql`CASE
  WHEN m."goneAt" IS NOT NULL THEN 'gone'
  WHEN m."etag" <> p."etag" THEN 'stale'
  WHEN l."value" = p."value" AND (l."etag" = m."etag" OR l."source" = 'person') THEN 'same'
  WHEN NOT ${mayReplace} THEN 'kept'
  ELSE 'new' END`;

const cells = z.array(
  z.object({
    fate: z.enum(["gone", "stale", "same", "kept", "new"]),
    attribute: z.string(),
    /** The present label, null: there is none. */
    old: z.string().nullable(),
    source: labelSource.nullable(),
    value: z.string(),
    proposals: z.coerce.number(),
    ids: jsonColumn(z.array(z.number())),
  }),
);
export type PromotionCell = Omit<z.infer<typeof cells>[number], "ids">;

/**
 * The accepted proposals of a label run, many images at once: those that would change a label by id in their order,
 * which is about that of their images, and how many there are of each kind, those that would change none included. It may take long and locks nothing.
 */
export async function* pickProposals(
  db: Db,
  labelRunId: number,
): AsyncGenerator<{ ids: number[]; cells: PromotionCell[] }> {
  for await (const stretch of stretchesOfProposals(db, labelRunId, READ_AT_ONCE)) {
    const counted = cells.parse(
      await db.$queryRaw`
        SELECT ${fate} AS "fate", p."attribute", l."value" AS "old", l."source", p."value", count(*) AS "proposals",
               ${jsonList(sql`p."id"`)} AS "ids"
          FROM "Proposal" p ${beside}
         WHERE ${stretch} AND p."decision" = 'accepted'
         GROUP BY 1, 2, 3, 4, 5`,
    );
    const ids = counted.flatMap((cell) => (cell.fate === "new" ? cell.ids : [])).sort((a, b) => a - b);
    yield { ids, cells: counted.map(({ ids: _, ...cell }) => cell) };
  }
}

const p = sql`p`;

/** What a plan says of these proposals, which are about these attributes: what is labeled now, and what it shall be. */
export const plannedLabels = (ids: readonly number[], attributes: readonly string[]): Sql => sql`
  SELECT q."position", ${subjectOf(p)} AS "subject", ${nameOf(sql`p."attribute"`, attributes)} AS "label",
         ${labeledNow(p)} AS "before", ${labeledNext(p, { value: sql`p."value"`, source: "model" })} AS "target"
    FROM ${idsInOrder(ids)} q CROSS JOIN "Proposal" p ON p."id" = q."id" ${beside}`;

/** An item's proposal, its image and the present label. */
const joinedTo = (labelRunId: number) => sql`
  LEFT JOIN "Proposal" p ON p."labelRunId" = ${labelRunId} AND p."imageId" = ${imageOf} AND p."attribute" = ${attributeOf}
  LEFT JOIN "Image" m ON m."id" = p."imageId" ${withLabel(by(p))}`;

const isAsShown = sql`(m."goneAt" IS NULL AND m."etag" = p."etag")`;
const isAccepted = sql`(p."decision" = 'accepted' AND ${mayReplace})`;

const notAccepted = "This proposal is no longer accepted.";
const reason = sql`CASE
  WHEN p."id" IS NULL OR m."goneAt" IS NOT NULL THEN ${goneSincePlan.reason}
  WHEN NOT ${isAsShown} THEN ${changedSincePlan.reason}
  WHEN NOT ${stillLabeled(by(p))} THEN ${labelChanged}
  ELSE ${notAccepted} END`;

/** Labels the open items of a range as their proposals have it, and skips those that something or someone changed since. */
export function promoteRange(
  tx: Tx,
  range: ItemRange,
  { payload, actor, at, runId, roots }: SetContext<Promotion> & Pick<LabelSchema, "roots">,
): Promise<void> {
  const labels = (items: Sql) => sql`
    SELECT p."imageId", p."attribute", p."value", m."etag", 'model' AS "source", p."confidence", p."labelRunId",
           coalesce(p."decidedBy", ${actor}) AS "acceptedBy", coalesce(p."decidedAt", ${at.getTime()}) AS "acceptedAt",
           ${groupFolderOf(roots)} AS "folder", ${runId} AS "jobRunId" ${items}`;
  return changeItems(tx, range, {
    joined: joinedTo(payload.labelRunId),
    mayChange: sql`${stillLabeled(by(p))} AND ${isAsShown} AND ${isAccepted}`,
    reason,
    context: { actor, at },
    change: (items) => putLabels(tx, labels(items)),
  });
}
