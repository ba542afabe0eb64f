import type { Spend } from "~/features/model-calls/sum-spend.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { spendOfDrawRun } from "./draw-ledger.sql.server";

/** A run's model, and its dollars in USD; the quotes are null before it is planned. */
export type DrawRunView = Spend & { model: string; quoteUsd: number | null; mostUsd: number | null; budgetUsd: number };

/** Null for a run that draws nothing: one of another kind, or an undo. */
export async function readDrawRun(deps: { db: Db; clock: Clock }, runId: number): Promise<DrawRunView | null> {
  const row = await deps.db.drawRun.findUnique({ where: { jobRunId: runId } });
  if (!row) return null;
  const { model, quoteUsd, mostUsd, budgetUsd } = row;
  return { model, quoteUsd, mostUsd, budgetUsd, ...(await spendOfDrawRun(deps, runId)) };
}
