import { openPrompt } from "~/features/labeling/asking/open-prompt.server";
import { requirePromptVersion } from "~/features/labeling/prompts/require-prompt-version.server";
import { estimateOutputTokens } from "~/features/labeling/prompts/token-estimates";
import { countInput } from "~/features/labeling/quote/count-input.server";
import { costOf } from "~/features/prices/model-prices";
import type { Ports } from "~/ports/index.server";
import { readTriedImage } from "./read-tried-image.server";

/** What one call takes. Dollars (USD) are null where the model's price is not known. */
export type CallQuote = {
  inputTokens: number;
  /** Gemini could not be asked: the most that the input can count for. */
  isEstimate: boolean;
  outputTokens: number;
  usd: number | null;
  mostUsd: number | null;
};

/**
 * Counts at the model, which is free, what asking with a prompt version about one image takes.
 * @param input.imageId null: an image of the usual shape
 * @throws DomainError "not-found", "conflict" (an example or the image changed), "invalid" (key or model)
 */
export async function quoteCall(
  ports: Ports,
  { versionId, imageId, signal }: { versionId: number; imageId: number | null; signal: AbortSignal },
): Promise<CallQuote> {
  const prompt = await openPrompt(ports, await requirePromptVersion(ports, versionId));
  const { imageEdge, maxOutputTokens } = prompt.content.settings;
  const image = imageId === null ? undefined : await readTriedImage(ports, { imageId, imageEdge, signal });
  const { isEstimate, ...input } = await countInput(ports, prompt, signal, image?.picture);
  const { attributes, settings } = prompt.content;
  const output = estimateOutputTokens(attributes) + (settings.thinkingBudget ?? 0);
  const now = ports.clock.now();
  const { price } = prompt.factsAt(now);
  return {
    inputTokens: input.text + input.image,
    isEstimate,
    outputTokens: output,
    usd: price && costOf(price, { ...input, cached: 0, output, thoughts: 0 }),
    mostUsd: prompt.maxCallUsd(maxOutputTokens, now),
  };
}
