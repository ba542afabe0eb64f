import type { Actor } from "~/features/audit-log/record-event";
import { requireImages } from "~/features/images/browse/require-images.sql.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { requireBudget } from "~/features/model-calls/budget";
import { loadModels } from "~/features/prices/load-models.server";
import { requireEmbedding } from "~/features/prices/model-book";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Model } from "~/ports/model/model.server";
import { type Embedding, embedImages } from "./embed-images";

/**
 * Starts the plan of a run that makes missing and stale vectors by the environment's model. Its row, with the budget, comes with it in
 * one transaction.
 * @param input.budgetUsd no call is made that could go past it
 * @throws DomainError "invalid" (a selection that no image matches; budget; a model that no file lists, that has ended, or of unknown
 *   price); ZodError for a selection that names nothing
 */
export async function startEmbedding(
  deps: { db: Db; model: Pick<Model, "embeddingName" | "modelsFile">; clock: Clock },
  input: Embedding & { budgetUsd: number; actor: Actor; autoApply?: boolean },
): Promise<{ runId: number }> {
  const { db, clock } = deps;
  const budgetUsd = requireBudget(input.budgetUsd);
  const model = deps.model.embeddingName;
  const at = clock.now();
  const { dimensions } = requireEmbedding(await loadModels(deps.model), { model, at });
  const selection =
    input.selection && (await requireImages(db, input.selection, { now: at, ...(await loadLabelSchema()) }));
  return startRun(deps, embedImages, {
    payload: { selection },
    actor: input.actor,
    autoApply: input.autoApply ?? false,
    within: (tx, jobRunId) =>
      tx.embedRun.create({ data: { jobRunId, model, dimensions: dimensions.asked, budgetUsd, createdAt: at } }),
  });
}
