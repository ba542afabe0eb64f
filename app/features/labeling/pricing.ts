import type { PromptAttributes } from "./answer-schema";

/** USD a token. */
export type ModelPrice = { input: number; output: number };

const perMillion = (input: number, output: number): ModelPrice => ({ input: input / 1e6, output: output / 1e6 });

/**
 * Paid tier, standard (not batch) requests with prompts up to 200,000 tokens; text and images cost the same; thoughts
 * count as output. Google's list is ai.google.dev/gemini-api/docs/pricing; these numbers were taken from the collection of
 * such lists at github.com/simonw/llm-prices (data/google.json) and must be held against Google's when they matter.
 */
const prices: Record<string, ModelPrice> = {
  "gemini-2.5-flash": perMillion(0.3, 2.5),
  "gemini-2.5-flash-lite": perMillion(0.1, 0.4),
  "gemini-2.5-pro": perMillion(1.25, 10),
  "gemini-3.5-flash": perMillion(1.5, 9),
  "gemini-3.5-flash-lite": perMillion(0.3, 2.5),
};

/** The models whose price is known. */
export const pricedModels = Object.keys(prices);

/** What a model costs, also by a dated name ("gemini-2.5-flash-preview-09-2025"); null for one whose price is not known. */
export function priceOf(model: string): ModelPrice | null {
  const names = pricedModels.filter((name) => model === name || model.startsWith(`${name}-`));
  const longest = names.sort((a, b) => b.length - a.length)[0];
  return prices[longest ?? ""] ?? null;
}

/** USD of so many tokens. */
export function costOf(price: ModelPrice, tokens: { input: number; output: number }): number {
  return tokens.input * price.input + tokens.output * price.output;
}

/**
 * The most tokens that one picture of this edge (px) counts for: 258 up to 384 px, else 258 a tile. A tile's edge is about
 * the short side ÷ 1.5, within 256 to 768 px (ai.google.dev/gemini-api/docs/image-understanding): four up to 1,536 px.
 */
export function maxImageTokens(edge: number): number {
  return edge <= 384 ? 258 : 258 * Math.max(4, Math.ceil(edge / 768) ** 2);
}

/** Rather too many than too few: English is about four characters a token (ai.google.dev/gemini-api/docs/tokens). */
export const maxTextTokens = (text: string) => Math.ceil(text.length / 3);

/** Tokens of an answer as a model writes it, indented: about 24 an attribute, and 8 more for a number of years. */
export function estimateOutputTokens(attributes: PromptAttributes): number {
  return Object.values(attributes).reduce((sum, { estimate }) => sum + (estimate ? 32 : 24), 4);
}

/** USD for a sentence: cents, and down to a hundredth of a cent where that is not nothing ("$2.50", "$0.0125"). */
export function formatUsd(usd: number): string {
  return `$${usd.toFixed(4).replace(/0{1,2}$/, "")}`;
}
