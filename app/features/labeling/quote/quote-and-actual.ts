import type { Quote } from "./quote";

/** What calls came to, as far as a quote foretells it. Dollars in USD. */
type Actual = {
  spentUsd: number;
  calls: number;
  /** Of them those whose tokens were told. */
  billedCalls: number;
  callsOfUnknownCost: number;
  textTokens: number;
  imageTokens: number;
  outputTokens: number;
};

export type QuoteLine = {
  name: "costP50Usd" | "costP90Usd" | "calls" | "textTokensPerCall" | "imageTokensPerCall" | "outputTokensPerCall";
  /** Null: not known. */
  expected: number | null;
  /** Null: no call yet. */
  actual: number | null;
};

/** Line by line, what a label run was expected to take and what it took. Tokens are those of one call, whole ones. */
export function quoteAndActual(quote: Quote, totals: Actual): QuoteLine[] {
  const { billedCalls, calls } = totals;
  const each = (tokens: number) => (billedCalls === 0 ? null : Math.round(tokens / billedCalls));
  const spentUsd = calls === 0 ? null : totals.spentUsd;
  return [
    { name: "costP50Usd", expected: quote.p50Usd, actual: spentUsd },
    { name: "costP90Usd", expected: quote.p90Usd, actual: spentUsd },
    { name: "calls", expected: Math.round(quote.images * quote.callsPerImage), actual: calls === 0 ? null : calls },
    { name: "textTokensPerCall", expected: quote.call.text, actual: each(totals.textTokens) },
    { name: "imageTokensPerCall", expected: quote.call.image, actual: each(totals.imageTokens) },
    {
      name: "outputTokensPerCall",
      expected: Math.round(quote.outputTokens / quote.callsPerImage),
      actual: each(totals.outputTokens),
    },
  ];
}
