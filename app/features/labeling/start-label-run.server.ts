import type { Actor } from "~/features/audit-log/record-event";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { factsOf } from "~/features/prices/model-prices";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Model } from "~/ports/model/model.server";
import { requireBudget } from "./budget/budget";
import { type LabelRunScope, labelRun } from "./label-run";
import { PERSONAS } from "./prompts/personas-prompt";
import { findPromptModel } from "./prompts/prepare-prompt.server";

/**
 * Starts a label run: its job run (to be planned by a worker) and its own row, in one transaction. Asks neither the
 * bucket nor the model anything; which version of the prompt is asked is chosen with the plan.
 * @param input.prompt name of the prompt; absent: "Personas"
 * @param input.budgetUsd no call is made that could go past it; null: no limit
 * @returns the job run's id, by which the label run is addressed
 * @throws DomainError "not-found" (root, prompt), "invalid" (budget; a model of which too little is known)
 */
export async function startLabelRun(
  deps: { db: Db; model: Model; clock: Clock },
  input: Omit<LabelRunScope, "prompt"> & {
    prompt?: string | undefined;
    budgetUsd: number | null;
    actor: Actor;
    autoApply?: boolean;
  },
): Promise<{ runId: number }> {
  const { root, only, prompt = PERSONAS, actor } = input;
  const budgetUsd = input.budgetUsd === null ? null : requireBudget(input.budgetUsd);
  findRoot(await loadLabelSchema(), root);
  factsOf(await findPromptModel(deps, prompt));
  const scope: LabelRunScope = { root, only, prompt };
  return startRun(deps, labelRun, {
    payload: scope,
    actor,
    autoApply: input.autoApply ?? false,
    within: (tx, jobRunId) =>
      tx.labelRun.create({
        data: { jobRunId, scope: JSON.stringify(scope), budgetUsd, createdAt: deps.clock.now() },
      }),
  });
}
