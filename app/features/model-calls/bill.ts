import { costOf, type ModelPrice } from "~/features/prices/model-prices";
import type { TokenUsage } from "~/ports/model/model.server";

/** No call costs so many times what was reserved for it, for that is counted from above: such a usage is a mistake. */
const BELIEVED_TIMES = 2;

/** What the row of a call keeps of its bill. Dollars that are not known are null: then the reservation goes on counting. */
export function billOf(
  usage: TokenUsage | null,
  { price, reservedUsd }: { price: ModelPrice | null; reservedUsd: number | null },
) {
  const usd = usage && price && costOf(price, usage);
  const isBelieved = usage !== null && (usd === null || reservedUsd === null || usd <= BELIEVED_TIMES * reservedUsd);
  if (!isBelieved) return { usd: null };
  return {
    promptTokens: usage.text,
    imageTokens: usage.image,
    cachedTokens: usage.cached,
    outputTokens: usage.output,
    thoughtTokens: usage.thoughts,
    usd,
  };
}

/** The same of a call that came to nothing. */
export const billOfFailure = (failure: { kind: string; perhapsBilled?: boolean }) => ({
  usd: failure.kind === "failed" && failure.perhapsBilled ? null : 0,
});
