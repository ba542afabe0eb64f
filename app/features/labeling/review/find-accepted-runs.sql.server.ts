import { z } from "zod";
import type { ImageSelection } from "~/features/images/query/image-selection";
import { jsonColumn } from "~/features/json-column";
import { labelRunScope } from "~/features/labeling/label-run";
import type { PromptChoice } from "~/features/labeling/prompts/prepare-prompt.server";
import type { Db } from "~/ports/db.server";

const runs = z.array(
  z.object({
    runId: z.coerce.number(),
    scope: jsonColumn(labelRunScope),
    versionId: z.coerce.number(),
    name: z.string(),
    version: z.coerce.number(),
  }),
);

/** Which label runs: of a prompt or one version of it, and over just this selection; each absent: whichever. */
export type AcceptedOf = { prompt?: PromptChoice | undefined; selection?: ImageSelection | undefined };

/**
 * Label runs with accepted proposals that are not what the label says now, by their job runs, the oldest first: whoever promotes
 * them in this order has the newest decision last. A label that came from a newer label run than the proposal is not touched again.
 */
export async function findAcceptedRuns(db: Db, { prompt, selection }: AcceptedOf): Promise<number[]> {
  const found = await db.$queryRaw`
    SELECT r."jobRunId" AS "runId", r."scope", v."id" AS "versionId", v."name", v."version"
      FROM "LabelRun" r JOIN "PromptVersion" v ON v."id" = r."promptVersionId"
     WHERE EXISTS (
       SELECT 1 FROM "Proposal" p LEFT JOIN "Label" l ON l."imageId" = p."imageId" AND l."attribute" = p."attribute"
        WHERE p."labelRunId" = r."id" AND p."decision" = 'accepted' AND l."value" IS DISTINCT FROM p."value"
          AND (l."labelRunId" IS NULL OR l."labelRunId" <= r."id"))
     ORDER BY r."id"`;
  return runs
    .parse(found)
    .filter((run) => isOf(run, prompt) && (!selection || sameSelection(run.scope.selection, selection)))
    .map(({ runId }) => runId);
}

function isOf(run: { versionId: number; name: string; version: number }, prompt: PromptChoice | undefined): boolean {
  if (!prompt) return true;
  if ("versionId" in prompt) return run.versionId === prompt.versionId;
  return run.name === prompt.name && (prompt.version === undefined || run.version === prompt.version);
}

const sameSelection = (one: ImageSelection, other: ImageSelection) => JSON.stringify(one) === JSON.stringify(other);
