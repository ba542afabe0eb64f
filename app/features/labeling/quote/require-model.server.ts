import { DomainError } from "~/features/domain-error";
import { isKnownError } from "~/features/known-error";
import type { OpenLabelRun } from "~/features/labeling/asking/open-label-run.server";
import { loadModels } from "~/features/prices/load-models.server";
import { requireAskable } from "~/features/prices/model-book";
import type { Ports } from "~/ports/index.server";

/**
 * That a run's model may be asked now, as its maker's own list and ours have it. A list that cannot be had now stops nothing.
 * @throws DomainError "invalid" for a model that has ended, or that Gemini does not list, with what to choose instead
 */
export async function requireModel(
  { db, model, clock }: Pick<Ports, "db" | "model" | "clock">,
  run: OpenLabelRun,
  signal: AbortSignal,
): Promise<void> {
  const { budgetUsd } = await db.labelRun.findUniqueOrThrow({ where: { id: run.id } });
  const listedByApi = await model.list(signal).catch((error: unknown) => {
    if (!isKnownError(error, "ModelError")) throw error;
    if (error.retryable) return null;
    throw new DomainError("invalid", error.message);
  });
  const asked = { model: run.content.settings.model, at: clock.now(), listedByApi, isBudgeted: budgetUsd !== null };
  requireAskable(await loadModels(model), asked);
}
