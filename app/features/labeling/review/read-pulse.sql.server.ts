import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { promoteLabels } from "~/features/labels/promote/promote-labels";
import type { Db } from "~/ports/db.server";
import { rowId } from "~/ports/sql.server";

const pulse = z.array(
  z.object({ review: z.coerce.number(), labels: z.coerce.number(), former: z.coerce.number(), runs: z.string() }),
);

/**
 * A text that is another one once anything may have changed that the review of a label run shows: a decision, a label,
 * a former label, a promotion or its rollback. It costs the same however many there are.
 * @param runId of the job run
 * @throws DomainError "not-found"
 */
export async function readPulse({ db }: { db: Db }, runId: number): Promise<string> {
  const [row] = pulse.parse(
    await db.$queryRaw`
      SELECT r."reviewRev" AS "review",
             (SELECT coalesce(max(${rowId}), 0) FROM "Label") AS "labels",
             (SELECT coalesce(max(${rowId}), 0) FROM "LabelHistory") AS "former",
             (SELECT coalesce(string_agg(j."id" || j."status", ' '), '') FROM (
               SELECT "id", "status" FROM "JobRun" WHERE "kind" = ${promoteLabels.kind} ORDER BY "id" DESC LIMIT 20) j)
             AS "runs"
        FROM "LabelRun" r WHERE r."jobRunId" = ${runId}`,
  );
  if (!row) throw new DomainError("not-found", `There is no label run ${runId}.`);
  return `${row.review}.${row.labels}.${row.former}.${row.runs}`;
}
