import { type Spend, spendOfRun } from "~/features/model-calls/sum-spend.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/** A run's model, and its dollars in USD; `quoteUsd` is null before it is planned. */
export type EmbedRunView = Spend & { model: string; dimensions: number; quoteUsd: number | null; budgetUsd: number };

/** Null for a run that makes no vectors: one of another kind, or an undo. */
export async function readEmbedRun(deps: { db: Db; clock: Clock }, runId: number): Promise<EmbedRunView | null> {
  const row = await deps.db.embedRun.findUnique({ where: { jobRunId: runId } });
  if (!row) return null;
  const { model, dimensions, quoteUsd, budgetUsd } = row;
  return { model, dimensions, quoteUsd, budgetUsd, ...(await spendOfRun(deps, { embedRunId: runId })) };
}
