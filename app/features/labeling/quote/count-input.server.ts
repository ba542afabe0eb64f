import { DomainError } from "~/features/domain-error";
import { isKnownError } from "~/features/known-error";
import type { OpenContent } from "~/features/labeling/asking/open-prompt.server";
import { maxInputTokens } from "~/features/labeling/prompts/prompt-content";
import { imageTokensAt } from "~/features/prices/model-book";
import type { Ports } from "~/ports/index.server";
import type { ModelImage } from "~/ports/model/model.server";
import type { Quote } from "./quote";
import { usualPicture } from "./usual-picture.server";

/**
 * Input tokens of one request, counted at the model, which is free: of the picture, or else of an empty one of the usual shape. Its pictures are
 * counted by their media resolution where it is known what one takes, since countTokens does not go by it. When the model cannot
 * be reached now the most that they can be stands in.
 * @throws DomainError "invalid" for a key or model that Gemini does not take
 */
export async function countInput(
  { model, clock }: Pick<Ports, "model" | "clock">,
  run: OpenContent,
  signal: AbortSignal,
  image?: ModelImage,
): Promise<Quote["call"]> {
  const { imageEdge, mediaResolution } = run.content.settings;
  const facts = run.factsAt(clock.now());
  const asked = image ?? (await usualPicture(imageEdge));
  try {
    const counted = await model.countTokens({ ...run.request(asked), signal });
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
