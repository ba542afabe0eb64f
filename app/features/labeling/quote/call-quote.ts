import type { OpenContent } from "~/features/labeling/asking/open-prompt.server";
import { estimateOutputTokens } from "~/features/labeling/prompts/token-estimates";
import { costOf } from "~/features/prices/model-prices";
import type { Quote } from "./quote";

/** What one call takes. Dollars (USD) are null where the model's price is not known. */
export type CallQuote = {
  inputTokens: number;
  /** Gemini could not be asked: the most that the input can count for. */
  isEstimate: boolean;
  outputTokens: number;
  usd: number | null;
  mostUsd: number | null;
};

/** By the price of that time, for input that was counted. */
export function toCallQuote(
  { content, factsAt, maxCallUsd }: Pick<OpenContent, "content" | "factsAt" | "maxCallUsd">,
  { isEstimate, ...input }: Quote["call"],
  at: Date,
): CallQuote {
  const { attributes, settings } = content;
  const output = estimateOutputTokens(attributes) + (settings.thinkingBudget ?? 0);
  const { price } = factsAt(at);
  return {
    inputTokens: input.text + input.image,
    isEstimate,
    outputTokens: output,
    usd: price && costOf(price, { ...input, cached: 0, output, thoughts: 0 }),
    mostUsd: maxCallUsd(settings.maxOutputTokens, at),
  };
}
