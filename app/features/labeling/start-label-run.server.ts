import { findRoot, loadLabelSchema } from "~/features/attribute-groups/load-label-schema.server";
import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/start-run.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Model } from "~/ports/model.server";
import type { Storage } from "~/ports/storage.server";
import { type LabelRunScope, labelRun } from "./label-run";
import { preparePrompt } from "./prepare-prompt.server";
import { pricedModels, priceOf } from "./pricing";
import { readPromptContent } from "./prompt-versions.server";

/**
 * Starts a label run: its job run (to be planned by a worker) and its own row, in one transaction. Reads the bucket to
 * choose the prompt's examples; asks the model nothing.
 * @param input.prompt name of the prompt; absent: "Personas"
 * @param input.budgetUsd no call is made that could go past it; null: no limit
 * @throws DomainError "not-found" (root, prompt), "invalid" (budget; a model whose price is not known)
 */
export async function startLabelRun(
  deps: { db: Db; storage: Storage; model: Model; clock: Clock },
  input: LabelRunScope & {
    prompt?: string | undefined;
    budgetUsd: number | null;
    actor: Actor;
    autoApply?: boolean;
  },
): Promise<{ runId: number; labelRunId: number }> {
  const { only, budgetUsd, actor } = input;
  if (budgetUsd !== null && !(budgetUsd > 0)) throw new DomainError("invalid", "A budget is more than $0.");
  const schema = await loadLabelSchema();
  const root = findRoot(schema, input.root);
  const prompt = await preparePrompt(deps, { schema, root, name: input.prompt });
  const { model } = readPromptContent(prompt).settings;
  if (!priceOf(model)) {
    throw new DomainError(
      "invalid",
      `What “${model}” costs is not known, so no budget could hold. Choose one of ${pricedModels.join(", ")}, or add its price.`,
    );
  }
  const scope = { root: root.name, only };
  let labelRunId = 0;
  const { runId } = await startRun(deps, labelRun, {
    payload: { ...scope, promptVersionId: prompt.id },
    actor,
    autoApply: input.autoApply ?? false,
    within: async (tx, jobRunId) => {
      const row = await tx.labelRun.create({
        data: {
          jobRunId,
          promptVersionId: prompt.id,
          scope: JSON.stringify(scope),
          budgetUsd,
          createdAt: deps.clock.now(),
        },
        select: { id: true },
      });
      labelRunId = row.id;
    },
  });
  return { runId, labelRunId };
}
