import type { TokenUsage } from "~/ports/model/model.server";

/** USD a token. `cached`: input that is read from a cache; null: not known, so it counts as other input does. */
export type ModelPrice = {
  input: { text: number; image: number };
  cached: number | null;
  output: number;
  thoughts: number;
};

/**
 * USD of so many tokens. Cached tokens are part of the input, and of which modality they are is not told: they are taken off
 * the text first. Thoughts are part of the output.
 */
export function costOf(price: ModelPrice, { text, image, cached, output, thoughts }: TokenUsage): number {
  const cachedText = Math.min(cached, text);
  const cachedImage = cached - cachedText;
  return (
    (text - cachedText) * price.input.text +
    (image - cachedImage) * price.input.image +
    cachedText * (price.cached ?? price.input.text) +
    cachedImage * (price.cached ?? price.input.image) +
    (output - thoughts) * price.output +
    thoughts * price.thoughts
  );
}
