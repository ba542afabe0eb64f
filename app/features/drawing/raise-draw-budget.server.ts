import type { Actor } from "~/features/audit-log/record-event";
import { type BudgetedKind, raiseBudgetOf } from "~/features/model-calls/raise-budget.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

const drawRuns: BudgetedKind = {
  what: "run with a budget",
  readBudget: async (db, jobRunId) => (await db.drawRun.findUnique({ where: { jobRunId } }))?.budgetUsd,
  writeBudget: (tx, jobRunId, { isAsRead, budgetUsd }) =>
    tx.drawRun.updateMany({ where: { jobRunId, ...isAsRead }, data: { budgetUsd } }),
};

/** Raises the budget of a run that draws (see `raiseBudgetOf`). */
export const raiseDrawBudget = (
  deps: { db: Db; clock: Clock },
  input: { runId: number; budgetUsd: number; actor: Actor },
): Promise<void> => raiseBudgetOf(drawRuns, deps, input);
