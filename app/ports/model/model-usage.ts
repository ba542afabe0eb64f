import { z } from "zod";

/**
 * Tokens as the model billed them. `text` and `image` are the input, of which `cached` were read from a cache at a lower
 * price; `output` includes the model's `thoughts`.
 */
export type TokenUsage = { text: number; image: number; cached: number; output: number; thoughts: number };

const tokens = z.int().nonnegative();
const modalities = z.array(z.object({ modality: z.string(), tokenCount: tokens.default(0) }));
const imageIn = (details: z.infer<typeof modalities>) =>
  details.reduce((sum, { modality, tokenCount }) => sum + (modality === "IMAGE" ? tokenCount : 0), 0);

/**
 * Protobuf's JSON leaves out zeros, so a missing part is 0. A prompt is never empty: a count of 0 is a mistake, not a price
 * of nothing (a free tier counts its tokens too), and to believe it would open the budget without end.
 */
const usageMetadata = z.object({
  promptTokenCount: tokens.positive(),
  cachedContentTokenCount: tokens.default(0),
  candidatesTokenCount: tokens.default(0),
  thoughtsTokenCount: tokens.default(0),
  promptTokensDetails: modalities.default([]),
});

const countBody = z.object({ totalTokens: tokens.positive(), promptTokensDetails: modalities.optional() });

/** What countTokens answered, or null where that cannot be true; the SDK drops of which modality tokens are. */
export function readCount(body: string): { tokens: number; image: number | null } | null {
  const { data } = countBody.safeParse(JSON.parse(body));
  if (!data) return null;
  return { tokens: data.totalTokens, image: data.promptTokensDetails ? imageIn(data.promptTokensDetails) : null };
}

/**
 * The usage of a response, or null where it is missing or cannot be true (negative, no whole number, an answer of no
 * tokens): what the call cost is then not known.
 * @param hasText the model answered something, so it wrote at least a token
 */
export function readUsage(json: unknown, hasText: boolean): TokenUsage | null {
  const { data } = usageMetadata.safeParse(json);
  if (!data) return null;
  const image = imageIn(data.promptTokensDetails);
  const output = data.candidatesTokenCount + data.thoughtsTokenCount;
  const text = data.promptTokenCount - image;
  if (text < 0 || data.cachedContentTokenCount > data.promptTokenCount || (hasText && output === 0)) return null;
  const { cachedContentTokenCount: cached, thoughtsTokenCount: thoughts } = data;
  return { text, image, cached, output, thoughts };
}

/** Here the API calls the details by another name. */
const embedUsage = z.object({ promptTokenCount: tokens.positive(), promptTokenDetails: modalities.default([]) });

/** The usage of a call that embeds, which has no output; null as for `readUsage`. */
export function readEmbedUsage(json: unknown): TokenUsage | null {
  const { data } = embedUsage.safeParse(json);
  if (!data) return null;
  const image = imageIn(data.promptTokenDetails);
  const text = data.promptTokenCount - image;
  return text < 0 ? null : { text, image, cached: 0, output: 0, thoughts: 0 };
}
