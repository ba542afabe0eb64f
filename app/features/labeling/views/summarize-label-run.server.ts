import { madeCalls } from "~/features/labeling/asking/kept-answers.sql.server";
import { type Spend, sumSpend } from "~/features/labeling/budget/sum-spend.server";
import { type Quote, quoteColumn } from "~/features/labeling/quote/quote";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/** What a label run has come to. Dollars in USD. */
export type LabelRunTotals = Spend & {
  /** Null before the run is planned. */
  quoteUsd: number | null;
  /** Null before the run is planned, and for one of before it was kept. */
  quote: Quote | null;
  calls: number;
  /** Of them those whose tokens were told. */
  billedCalls: number;
  /** Of them those that ended and whose cost was never told: their model has no known price, or what it reported cannot be. */
  callsOfUnknownCost: number;
  /** The most that one of its calls reserved; 0 before the first. */
  maxCallUsd: number;
  /** Calls whose answer meant nothing (empty, cut, not to be read), so that the image was asked about once more. */
  unusable: number;
  /** Labels that could be read only once something plain was mended. */
  mended: number;
  textTokens: number;
  imageTokens: number;
  outputTokens: number;
  proposals: number;
};

/** Sums of a label run, by its job run. */
export async function summarizeLabelRun(deps: { db: Db; clock: Clock }, runId: number): Promise<LabelRunTotals> {
  const { db } = deps;
  const { id, quoteUsd, quote } = await db.labelRun.findUniqueOrThrow({ where: { jobRunId: runId } });
  const where = { labelRunId: id };
  const [spend, tokens, calls, billedCalls, callsOfUnknownCost, unusable, mended, proposals] = await Promise.all([
    sumSpend(deps, where),
    db.modelCall.aggregate({
      where,
      _sum: { promptTokens: true, imageTokens: true, outputTokens: true },
      _max: { reservedUsd: true },
    }),
    db.modelCall.count({ where: { ...where, ...madeCalls } }),
    db.modelCall.count({ where: { ...where, outputTokens: { not: null } } }),
    db.modelCall.count({ where: { ...where, usd: null, finishedAt: { not: null } } }),
    db.modelCall.count({ where: { ...where, outcome: { in: ["truncated", "invalid", "unanswered"] } } }),
    db.modelCall.count({ where: { ...where, mended: { not: null } } }),
    db.proposal.count({ where }),
  ]);
  return {
    quoteUsd,
    quote: quote === null ? null : quoteColumn.parse(quote),
    spentUsd: spend.spentUsd,
    reservedUsd: spend.reservedUsd,
    unknownUsd: spend.unknownUsd,
    calls,
    billedCalls,
    callsOfUnknownCost,
    maxCallUsd: tokens._max.reservedUsd ?? 0,
    unusable,
    mended,
    textTokens: tokens._sum.promptTokens ?? 0,
    imageTokens: tokens._sum.imageTokens ?? 0,
    outputTokens: tokens._sum.outputTokens ?? 0,
    proposals,
  };
}
