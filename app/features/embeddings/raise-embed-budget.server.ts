import type { Actor } from "~/features/audit-log/record-event";
import { type BudgetedKind, raiseBudgetOf } from "~/features/model-calls/raise-budget.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

const embedRuns: BudgetedKind = {
  what: "run with a budget",
  readBudget: async (db, jobRunId) => (await db.embedRun.findUnique({ where: { jobRunId } }))?.budgetUsd,
  writeBudget: (tx, jobRunId, { isAsRead, budgetUsd }) =>
    tx.embedRun.updateMany({ where: { jobRunId, ...isAsRead }, data: { budgetUsd } }),
};

/** Raises the budget of a run that makes vectors (see `raiseBudgetOf`). */
export const raiseEmbedBudget = (
  deps: { db: Db; clock: Clock },
  input: { runId: number; budgetUsd: number; actor: Actor },
): Promise<void> => raiseBudgetOf(embedRuns, deps, input);
