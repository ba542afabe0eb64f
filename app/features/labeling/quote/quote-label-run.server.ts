import { DomainError } from "~/features/domain-error";
import { count } from "~/features/format";
import { blankJpeg } from "~/features/images/pixels/blank-jpeg.server";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { isKnownError } from "~/features/known-error";
import type { OpenLabelRun } from "~/features/labeling/asking/open-label-run.server";
import { maxInputTokens } from "~/features/labeling/prompts/prompt-content";
import { estimateOutputTokens } from "~/features/labeling/prompts/token-estimates";
import { imageTokensAt } from "~/features/prices/model-book";
import { costOf } from "~/features/prices/model-prices";
import type { Ports } from "~/ports/index.server";

/** What one call of a run is expected to take, before any is made; dollars are null where the price is not known. */
export type ExpectedCall = {
  text: number;
  image: number;
  isEstimate: boolean;
  outputTokens: number;
  usd: number | null;
};

/**
 * Counts the tokens of one request at the model, which is free, and prices it.
 * @throws DomainError "invalid" for a key or model that Gemini does not take
 */
export async function expectCall(ports: Ports, run: OpenLabelRun, signal: AbortSignal): Promise<ExpectedCall> {
  const input = await countInputTokens(ports, run, signal);
  const { settings, attributes } = run.content;
  const outputTokens = estimateOutputTokens(attributes) + (settings.thinkingBudget ?? 0);
  const { price } = run.factsAt(ports.clock.now());
  const usd = price && costOf(price, { ...input, cached: 0, output: outputTokens, thoughts: 0 });
  return { ...input, outputTokens, usd };
}

/** Keeps what so many calls are expected to cost as the run's quote. */
export async function quoteLabelRun(
  { db, clock }: Pick<Ports, "db" | "clock">,
  run: OpenLabelRun,
  { calls, expected }: { calls: number; expected: ExpectedCall },
): Promise<Pick<PlanSummary, "quote"> & Required<Pick<PlanSummary, "facts">>> {
  const { maxOutputTokens, model } = run.content.settings;
  const callUsd = run.maxCallUsd(maxOutputTokens, clock.now());
  const expectedUsd = expected.usd === null ? null : calls * expected.usd;
  await db.labelRun.update({ where: { id: run.id }, data: { quoteUsd: expectedUsd } });
  return {
    ...(expectedUsd !== null && callUsd !== null && { quote: { expectedUsd, mostUsd: calls * callUsd } }),
    facts: [
      ...(expectedUsd === null ? [{ label: "Cost", value: `unknown: no price of ${model} is known` }] : []),
      {
        label: "Tokens per image",
        value: `${expected.isEstimate ? "about " : ""}${count(expected.text + expected.image)} in, about ${count(expected.outputTokens)} out, at most ${count(maxOutputTokens)}`,
      },
    ],
  };
}

/**
 * Input tokens of one request, counted at the model with an empty picture of the usual shape; its pictures are counted by
 * their media resolution where it is known what one takes, since countTokens does not go by it. When the model cannot be reached
 * now the most that they can be stands in; a wrong key or model ends the plan here, before any image does.
 */
async function countInputTokens(
  { model, clock }: Pick<Ports, "model" | "clock">,
  run: OpenLabelRun,
  signal: AbortSignal,
): Promise<{ text: number; image: number; isEstimate: boolean }> {
  const { imageEdge, mediaResolution } = run.content.settings;
  const facts = run.factsAt(clock.now());
  const bytes = await blankJpeg(Math.round(imageEdge * 0.75), imageEdge);
  try {
    const counted = await model.countTokens({ ...run.request({ bytes, contentType: "image/jpeg" }), signal });
    const text = counted.tokens - (counted.image ?? 0);
    const known = counted.image === null ? null : imageTokensAt(facts, mediaResolution);
    const pictures = run.content.examples.length + 1;
    return { text, image: known === null ? (counted.image ?? 0) : known * pictures, isEstimate: false };
  } catch (error) {
    if (!isKnownError(error, "ModelError")) throw error;
    if (error.retryable) return { ...maxInputTokens(run.content, facts), isEstimate: true };
    throw new DomainError("invalid", error.message);
  }
}
