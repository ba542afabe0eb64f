import { z } from "zod";
import { type Spend, sumSpend } from "~/features/labeling/budget/sum-spend.sql.server";
import { type Quote, quoteColumn } from "~/features/labeling/quote/quote";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";

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

const sums = z.tuple([
  z.object({
    calls: z.coerce.number(),
    billedCalls: z.coerce.number(),
    callsOfUnknownCost: z.coerce.number(),
    maxCallUsd: z.coerce.number(),
    unusable: z.coerce.number(),
    mended: z.coerce.number(),
    textTokens: z.coerce.number(),
    imageTokens: z.coerce.number(),
    outputTokens: z.coerce.number(),
  }),
]);

const sumOf = (of: Sql): Sql => sql`coalesce(sum(${of}), 0)`;

/** Sums of a label run, by its job run: of its tallies, so that they take the same however many calls it made. */
export async function summarizeLabelRun(deps: { db: Db; clock: Clock }, runId: number): Promise<LabelRunTotals> {
  const { db } = deps;
  const { id, quoteUsd, quote } = await db.labelRun.findUniqueOrThrow({ where: { jobRunId: runId } });
  const found = await db.$queryRaw`
    SELECT ${sumOf(sql`"made"`)} AS "calls", ${sumOf(sql`"billed"`)} AS "billedCalls", ${sumOf(sql`"unpriced"`)} AS "callsOfUnknownCost",
           coalesce(max("maxReservedUsd"), 0) AS "maxCallUsd",
           ${sumOf(sql`CASE WHEN "outcome" IN ('truncated', 'invalid', 'unanswered') THEN "calls" ELSE 0 END`)} AS "unusable",
           ${sumOf(sql`"mended"`)} AS "mended", ${sumOf(sql`"promptTokens"`)} AS "textTokens",
           ${sumOf(sql`"imageTokens"`)} AS "imageTokens", ${sumOf(sql`"outputTokens"`)} AS "outputTokens"
      FROM "CallTally" WHERE "labelRunId" = ${id}`;
  const { spentUsd, reservedUsd, unknownUsd } = await sumSpend(deps, { labelRunIds: [id] });
  return {
    quoteUsd,
    quote: quote === null ? null : quoteColumn.parse(quote),
    ...{ spentUsd, reservedUsd, unknownUsd },
    ...sums.parse(found)[0],
    proposals: await db.proposal.count({ where: { labelRunId: id } }),
  };
}
