import type { Actor } from "~/features/audit-log/record-event";
import { requireImages } from "~/features/images/browse/require-images.sql.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { loadModels } from "~/features/prices/load-models.server";
import { requireAskable } from "~/features/prices/model-book";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Model } from "~/ports/model/model.server";
import { requireBudget } from "./budget/budget";
import { type LabelRunScope, labelRun } from "./label-run";
import { PERSONAS } from "./prompts/personas-prompt";
import { type PromptChoice, readPromptChoice } from "./prompts/prepare-prompt.server";

/**
 * Starts a label run: its job run (to be planned by a worker) and its own row, in one transaction. Asks neither the
 * bucket nor the model anything; which version of a prompt that was named only is asked is chosen with the plan.
 * @param input.prompt absent: the newest “Personas”
 * @param input.budgetUsd no call is made that could go past it; null: no limit
 * @returns the job run's id, by which the label run is addressed
 * @throws DomainError "not-found" (prompt), "invalid" (a selection that no image matches; budget; a model that has ended, or
 *   whose price is not known beside a budget); ZodError for a selection that names nothing
 */
export async function startLabelRun(
  deps: { db: Db; model: Model; clock: Clock },
  input: Pick<LabelRunScope, "selection" | "only"> & {
    prompt?: PromptChoice | undefined;
    budgetUsd: number | null;
    actor: Actor;
    autoApply?: boolean;
  },
): Promise<{ runId: number }> {
  const { only, prompt = { name: PERSONAS }, actor } = input;
  const budgetUsd = input.budgetUsd === null ? null : requireBudget(input.budgetUsd);
  const { name, model, versionId } = await readPromptChoice(deps, prompt);
  const at = deps.clock.now();
  requireAskable(await loadModels(deps.model), { model, at, listedByApi: null, isBudgeted: budgetUsd !== null });
  const known = { now: at, ...(await loadLabelSchema()) };
  const selection = await requireImages(deps.db, input.selection, known);
  const scope: LabelRunScope = { selection, only, prompt: name };
  return startRun(deps, labelRun, {
    payload: scope,
    actor,
    autoApply: input.autoApply ?? false,
    within: (tx, jobRunId) =>
      tx.labelRun.create({
        data: {
          jobRunId,
          promptVersionId: versionId,
          scope: JSON.stringify(scope),
          budgetUsd,
          createdAt: deps.clock.now(),
        },
      }),
  });
}
