import type { Db } from "~/ports/db.server";

/** What a label run has come to. Dollars in USD. */
export type LabelRunTotals = {
  labelRunId: number;
  /** Null before the run is planned. */
  quoteUsd: number | null;
  /** Of calls whose dollars are known. */
  spentUsd: number;
  /** Reserved for calls in flight and for those that nobody told the end of; they count against the budget. */
  reservedUsd: number;
  calls: number;
  textTokens: number;
  imageTokens: number;
  outputTokens: number;
  proposals: number;
};

/** Sums of a label run, by its job run. */
export async function summarizeLabelRun({ db }: { db: Db }, runId: number): Promise<LabelRunTotals> {
  const { id, quoteUsd } = await db.labelRun.findUniqueOrThrow({ where: { jobRunId: runId } });
  const [all, unknown, proposals] = await Promise.all([
    db.modelCall.aggregate({
      where: { labelRunId: id },
      _count: true,
      _sum: { usd: true, promptTokens: true, imageTokens: true, outputTokens: true },
    }),
    db.modelCall.aggregate({ where: { labelRunId: id, usd: null }, _sum: { reservedUsd: true } }),
    db.proposal.count({ where: { labelRunId: id } }),
  ]);
  return {
    labelRunId: id,
    quoteUsd,
    spentUsd: all._sum.usd ?? 0,
    reservedUsd: unknown._sum.reservedUsd ?? 0,
    calls: all._count,
    textTokens: all._sum.promptTokens ?? 0,
    imageTokens: all._sum.imageTokens ?? 0,
    outputTokens: all._sum.outputTokens ?? 0,
    proposals,
  };
}
