import type { Db } from "~/ports/db.server";
import { madeCalls } from "./model-calls.sql.server";
import { type Spend, sumSpend } from "./sum-spend.server";

/** What a label run has come to. Dollars in USD. */
export type LabelRunTotals = Spend & {
  /** Null before the run is planned. */
  quoteUsd: number | null;
  calls: number;
  textTokens: number;
  imageTokens: number;
  outputTokens: number;
  proposals: number;
};

/** Sums of a label run, by its job run. */
export async function summarizeLabelRun({ db }: { db: Db }, runId: number): Promise<LabelRunTotals> {
  const { id, quoteUsd } = await db.labelRun.findUniqueOrThrow({ where: { jobRunId: runId } });
  const where = { labelRunId: id };
  const [spend, tokens, calls, proposals] = await Promise.all([
    sumSpend(db, where),
    db.modelCall.aggregate({ where, _sum: { promptTokens: true, imageTokens: true, outputTokens: true } }),
    db.modelCall.count({ where: { ...where, ...madeCalls } }),
    db.proposal.count({ where }),
  ]);
  return {
    quoteUsd,
    spentUsd: spend.spentUsd,
    reservedUsd: spend.reservedUsd,
    calls,
    textTokens: tokens._sum.promptTokens ?? 0,
    imageTokens: tokens._sum.imageTokens ?? 0,
    outputTokens: tokens._sum.outputTokens ?? 0,
    proposals,
  };
}
