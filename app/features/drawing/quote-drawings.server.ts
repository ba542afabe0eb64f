import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { blankJpeg } from "~/features/images/pixels/blank-jpeg.server";
import { isKnownError } from "~/features/known-error";
import type { DrawingFacts } from "~/features/prices/drawing-book";
import { quoteDrawing } from "~/features/prices/drawing-quote";
import type { Ports } from "~/ports/index.server";
import { type DrawRequest, instructionOf, picturesOfMask } from "./draw-request";

/** The sentence that the model port sends with a base image, some 80 characters, counted from above; the one with a mask is as long. */
const BASE_TOKENS = 32;

/** USD of all pictures of a request, and the most that they can cost; null: not known. `textTokens` of one. */
export type DrawingsQuote = { textTokens: number; usd: number | null; mostUsd: number | null };

/**
 * What a request costs. Its words are counted at the model, which is free; while that cannot be reached, the most that they can be
 * stands in.
 * @param pictures that it shows, beside its mask
 * @throws DomainError "invalid" for a key or model that Gemini does not take
 */
export async function quoteDrawings(
  { model }: Pick<Ports, "model">,
  request: DrawRequest,
  { facts, pictures }: { facts: DrawingFacts; pictures: number },
  signal?: AbortSignal,
): Promise<DrawingsQuote> {
  const words = await countWords(model, facts.model, instructionOf(request, request.count), signal);
  const masks = picturesOfMask(request);
  const textTokens = words + (request.baseId === null ? 0 : BASE_TOKENS) + masks * BASE_TOKENS;
  const one = quoteDrawing(facts, { size: request.size, pictures: pictures + masks, textTokens });
  return { textTokens, usd: one && one.usd * request.count, mostUsd: one && one.mostUsd * request.count };
}

async function countWords(model: Ports["model"], name: string, words: string, signal?: AbortSignal): Promise<number> {
  // No token is shorter than a byte.
  const most = Buffer.byteLength(words);
  const image = { bytes: await blankJpeg(16, 16), contentType: "image/jpeg" };
  try {
    const asked = { model: name, instructions: words, examples: [], image, answer: z.object({}), maxOutputTokens: 1 };
    const counted = await model.countTokens({ ...asked, ...(signal && { signal }) });
    return counted.image === null ? most : Math.min(counted.tokens - counted.image, most);
  } catch (error) {
    if (!isKnownError(error, "ModelError")) throw error;
    if (error.retryable) return most;
    throw new DomainError("invalid", error.message);
  }
}
