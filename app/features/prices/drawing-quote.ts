import { count } from "~/features/format";
import { quote } from "~/quote";
import { costOfDrawing, type DrawingFacts } from "./drawing-book";

/** One picture to be drawn. `pictures` are all that the request shows: uploads, references, base and mask. */
export type AskedDrawing = { size: string; aspectRatio: string | null; pictures: number; textTokens: number };

/** Tokens for words and thoughts beside a picture. Those who measured found 170 to 900. */
const ROOM_TOKENS = 4_096;

/**
 * USD of one drawing. `usd` is the request and one picture, which is known to the token; `mostUsd` has all the words and thoughts, too,
 * for which `maxOutputTokens` leaves room. A second picture, which nobody asks for, may still fit into that, and is in neither.
 */
export type DrawingQuote = { usd: number; mostUsd: number };

/** Null where a price or a count of tokens is not known, which is not free. */
export function quoteDrawing(
  facts: DrawingFacts,
  { size, pictures, textTokens }: Omit<AskedDrawing, "aspectRatio">,
): DrawingQuote | null {
  const outputPicture = facts.sizes[size] ?? null;
  const image = pictures === 0 ? 0 : facts.pictureTokens && pictures * facts.pictureTokens;
  if (facts.price === null || outputPicture === null || image === null) return null;
  const request = { text: textTokens, image, cached: 0, thoughts: 0, outputPicture };
  return {
    usd: costOfDrawing(facts.price, { ...request, output: outputPicture }),
    mostUsd: costOfDrawing(facts.price, { ...request, output: outputPicture + ROOM_TOKENS }),
  };
}

/** What a request says of the picture's form; what the model does not take is left out. */
export function drawingSettings(
  { sizes, takesSize }: DrawingFacts,
  { size, aspectRatio }: Pick<AskedDrawing, "size" | "aspectRatio">,
): { aspectRatio?: string; imageSize?: string; maxOutputTokens: number } {
  return {
    ...(aspectRatio !== null && { aspectRatio }),
    ...(takesSize && { imageSize: size }),
    maxOutputTokens: (sizes[size] ?? 0) + ROOM_TOKENS,
  };
}

/** Why a model would not draw this, and what to choose; null: it would. */
export function explainUndrawable(facts: DrawingFacts, { size, aspectRatio, pictures }: AskedDrawing): string | null {
  const { model, isListed, sizes, aspectRatios, mostPictures } = facts;
  if (!isListed) {
    return `${quote(model)} is in no list of models that draw. Choose another, or add it to the file that MODELS_FILE names.`;
  }
  if (!Object.hasOwn(sizes, size)) {
    return `${quote(model)} does not draw pictures of size ${quote(size)}. Choose ${Object.keys(sizes).join(", ")}.`;
  }
  if (aspectRatio !== null && !aspectRatios.includes(aspectRatio)) {
    return `${quote(model)} does not draw pictures of ${quote(aspectRatio)}. Choose ${aspectRatios.join(", ")}.`;
  }
  if (mostPictures !== null && pictures > mostPictures) {
    return `${quote(model)} is shown at most ${count(mostPictures)} pictures; these are ${count(pictures)}. Take ${count(pictures - mostPictures)} away.`;
  }
  return null;
}
