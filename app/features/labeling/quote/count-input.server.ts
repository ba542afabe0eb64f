import { DomainError } from "~/features/domain-error";
import { blankJpeg } from "~/features/images/pixels/blank-jpeg.server";
import { isKnownError } from "~/features/known-error";
import type { OpenLabelRun } from "~/features/labeling/asking/open-label-run.server";
import { maxInputTokens } from "~/features/labeling/prompts/prompt-content";
import { imageTokensAt } from "~/features/prices/model-book";
import type { Ports } from "~/ports/index.server";
import type { Quote } from "./quote";

/**
 * Input tokens of one request, counted at the model with an empty picture of the usual shape, which is free. Its pictures are
 * counted by their media resolution where it is known what one takes, since countTokens does not go by it. When the model cannot
 * be reached now the most that they can be stands in.
 * @throws DomainError "invalid" for a key or model that Gemini does not take
 */
export async function countInput(
  { model, clock }: Pick<Ports, "model" | "clock">,
  run: OpenLabelRun,
  signal: AbortSignal,
): Promise<Quote["call"]> {
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
