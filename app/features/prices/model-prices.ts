import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";

/** USD a token; `cachedInput` for input that is read from a cache. */
export type ModelPrice = { input: number; cachedInput: number; output: number };

/** How a model is told to think as little as it can: a budget of tokens, or from Gemini 3 on a level. */
export type Thinking = { thinkingBudget: number } | { thinkingLevel: "minimal" };

/** What has to be known of a model before it may be asked for money. */
export type ModelFacts = {
  price: ModelPrice;
  thinking: Thinking;
  /** Tokens of an answer, thoughts included: both count as output, and within maxOutputTokens. */
  maxOutputTokens: number;
};

const perMillion = (input: number, cachedInput: number, output: number): ModelPrice => ({
  input: input / 1e6,
  cachedInput: cachedInput / 1e6,
  output: output / 1e6,
});

// Labels of single pictures gain nothing from thoughts, which cost several times as much as the answer.
const noThoughts = { thinking: { thinkingBudget: 0 }, maxOutputTokens: 1_024 } as const;
// A level is no limit, so the cap leaves room for some thoughts.
const minimalThoughts = { thinking: { thinkingLevel: "minimal" }, maxOutputTokens: 2_048 } as const;

/**
 * Prices of November 2026: paid tier, standard (not batch) requests with prompts up to 200,000 tokens; text and images cost the same.
 * Google's list is ai.google.dev/gemini-api/docs/pricing; these numbers were taken from the collection of such lists at
 * github.com/simonw/llm-prices (data/google.json) and must be held against Google's when they matter.
 * Thinking: ai.google.dev/gemini-api/docs/thinking. 2.5 Flash and Flash-Lite take a budget of 0, 2.5 Pro none below 128
 * (and may overrun it); 3.5 Flash and Flash-Lite take the level “minimal”. That thoughts count within maxOutputTokens is
 * told in github.com/googleapis/python-genai/issues/782 and 2062.
 */
const models: Record<string, ModelFacts> = {
  "gemini-2.5-flash": { price: perMillion(0.3, 0.03, 2.5), ...noThoughts },
  "gemini-2.5-flash-lite": { price: perMillion(0.1, 0.01, 0.4), ...noThoughts },
  "gemini-2.5-pro": { price: perMillion(1.25, 0.125, 10), thinking: { thinkingBudget: 128 }, maxOutputTokens: 2_048 },
  "gemini-3.5-flash": { price: perMillion(1.5, 0.15, 9), ...minimalThoughts },
  "gemini-3.5-flash-lite": { price: perMillion(0.3, 0.03, 2.5), ...minimalThoughts },
};

/** “-preview-09-2025”, “-001”: the same model at a date. “-image” or “-preview-tts” is another one. */
const DATED = /^(?:-(?:preview|exp))?(?:-[\d-]+)?$/;

/**
 * What is known of a model, also by a dated name.
 * @throws DomainError "invalid" for one of which it is not known
 */
export function factsOf(model: string): ModelFacts {
  const name = Object.keys(models).find((known) => model.startsWith(known) && DATED.test(model.slice(known.length)));
  const facts = models[name ?? ""];
  if (facts) return facts;
  const known = Object.keys(models).join(", ");
  throw new DomainError(
    "invalid",
    `The price of ${quote(model)} is not known, so no budget could hold. Set GEMINI_MODEL to one of ${known}.`,
  );
}

/** USD of so many tokens; `cached` ones are part of the input, thoughts part of the output. */
export function costOf(price: ModelPrice, tokens: { input: number; cached?: number; output: number }): number {
  const cached = tokens.cached ?? 0;
  return (tokens.input - cached) * price.input + cached * price.cachedInput + tokens.output * price.output;
}
