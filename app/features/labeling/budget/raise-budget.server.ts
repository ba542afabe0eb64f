import type { Actor } from "~/features/audit-log/record-event";
import { type BudgetedKind, raiseBudgetOf } from "~/features/model-calls/raise-budget.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

const labelRuns: BudgetedKind = {
  what: "label run",
  readBudget: async (db, jobRunId) => (await db.labelRun.findUnique({ where: { jobRunId } }))?.budgetUsd,
  writeBudget: (tx, jobRunId, { isAsRead, budgetUsd }) =>
    tx.labelRun.updateMany({ where: { jobRunId, ...isAsRead }, data: { budgetUsd } }),
};

/** Raises the budget of a label run, by its job run (see `raiseBudgetOf`). */
export const raiseBudget = (
  deps: { db: Db; clock: Clock },
  input: { runId: number; budgetUsd: number; actor: Actor },
): Promise<void> => raiseBudgetOf(labelRuns, deps, input);
