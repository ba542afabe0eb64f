import { count, dollars } from "~/features/format";
import type { CallQuote } from "~/features/labeling/quote/call-quote";

/** What one request takes: “1 524 tokens in, about 172 out, about $0.0009”. */
export function callQuoteWords({ inputTokens, isEstimate, outputTokens, usd }: CallQuote): string {
  const cost = usd === null ? "price unknown" : `about ${dollars(usd)}`;
  return `${isEstimate ? "at most " : ""}${count(inputTokens)} tokens in, about ${count(outputTokens)} out, ${cost}`;
}
