import { DomainError } from "~/features/domain-error";
import { count } from "~/features/format";
import { blankJpeg } from "~/features/images/pixels/blank-jpeg.server";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { isKnownError } from "~/features/known-error";
import type { OpenLabelRun } from "~/features/labeling/asking/open-label-run.server";
import { maxInputTokens } from "~/features/labeling/prompts/prompt-content";
import { estimateOutputTokens } from "~/features/labeling/prompts/token-estimates";
import { costOf } from "~/features/prices/model-prices";
import type { Ports } from "~/ports/index.server";

/** What one call of a run is expected to be, before any is made. */
export type ExpectedCall = { inputTokens: number; isEstimate: boolean; outputTokens: number; usd: number };

/**
 * Counts the tokens of one request at the model, which is free, and prices it.
 * @throws DomainError "invalid" for a key or model that Gemini does not take
 */
export async function expectCall(ports: Ports, run: OpenLabelRun, signal: AbortSignal): Promise<ExpectedCall> {
  const { tokens, isEstimate } = await countInputTokens(ports, run, signal);
  const { settings, attributes } = run.content;
  const outputTokens = estimateOutputTokens(attributes) + (settings.thinkingBudget ?? 0);
  const usd = costOf(run.price, { input: tokens, output: outputTokens });
  return { inputTokens: tokens, isEstimate, outputTokens, usd };
}

/** Keeps what so many calls are expected to cost as the run's quote. */
export async function quoteLabelRun(
  { db }: Pick<Ports, "db">,
  run: OpenLabelRun,
  { calls, expected }: { calls: number; expected: ExpectedCall },
): Promise<Required<Pick<PlanSummary, "quote" | "facts">>> {
  const { maxOutputTokens } = run.content.settings;
  const expectedUsd = calls * expected.usd;
  await db.labelRun.update({ where: { id: run.id }, data: { quoteUsd: expectedUsd } });
  return {
    quote: { expectedUsd, mostUsd: calls * run.maxCallUsd(maxOutputTokens) },
    facts: [
      {
        label: "Tokens per image",
        value: `${expected.isEstimate ? "about " : ""}${count(expected.inputTokens)} in, about ${count(expected.outputTokens)} out, at most ${count(maxOutputTokens)}`,
      },
    ],
  };
}

/**
 * Input tokens of one request, counted at the model with an empty picture of the usual shape. When the model cannot be
 * reached now the most that they can be stands in; a wrong key or model ends the plan here, before any image does.
 */
async function countInputTokens(
  { model }: Pick<Ports, "model">,
  run: OpenLabelRun,
  signal: AbortSignal,
): Promise<{ tokens: number; isEstimate: boolean }> {
  const { imageEdge } = run.content.settings;
  const bytes = await blankJpeg(Math.round(imageEdge * 0.75), imageEdge);
  try {
    const tokens = await model.countTokens({ ...run.request({ bytes, contentType: "image/jpeg" }), signal });
    return { tokens, isEstimate: false };
  } catch (error) {
    if (!isKnownError(error, "ModelError")) throw error;
    if (error.retryable) return { tokens: maxInputTokens(run.content), isEstimate: true };
    throw new DomainError("invalid", error.message);
  }
}
