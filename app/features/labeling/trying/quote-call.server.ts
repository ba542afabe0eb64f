import { type CallQuote, toCallQuote } from "~/features/labeling/quote/call-quote";
import { countInput } from "~/features/labeling/quote/count-input.server";
import type { Ports } from "~/ports/index.server";
import { openTriedPrompt } from "./open-tried-prompt.server";
import { readTriedImage } from "./read-tried-image.server";

/**
 * Counts at the model, which is free, what asking with a prompt version about one image takes.
 * @param input.imageId null: an image of the usual shape
 * @throws DomainError "not-found", "conflict" (an example or the image changed), "invalid" (key or model, or the model has ended)
 */
export async function quoteCall(
  ports: Ports,
  { versionId, imageId, signal }: { versionId: number; imageId: number | null; signal: AbortSignal },
): Promise<CallQuote> {
  const { prompt } = await openTriedPrompt(ports, versionId);
  const { imageEdge } = prompt.content.settings;
  const image = imageId === null ? undefined : await readTriedImage(ports, { imageId, imageEdge, signal });
  const counted = await countInput(ports, prompt, signal, image?.picture);
  return toCallQuote(prompt, counted, ports.clock.now());
}
