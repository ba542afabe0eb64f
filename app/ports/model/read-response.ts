import { z } from "zod";
import { isFinalBlock, isFinalFinish } from "./model-reasons";
import { readUsage, type TokenUsage } from "./model-usage";
import { type ReadAnswer, readAnswer } from "./read-answer";

/**
 * A call that was answered with a response. `raw` is its body as it came, `text` what the model wrote, thoughts left out;
 * `usage` is null where the response does not say, or cannot be right about, what it is billed for.
 */
type Answered = { raw: string; text: string; usage: TokenUsage | null; modelVersion: string | null };

export type ModelResponse<T> = Answered &
  (
    | ReadAnswer<T>
    /** The model declined for good; `reason` is its finish or block reason, `said` its own words for it. */
    | { kind: "refused"; reason: string; said: string | null }
    /** The answer was cut at maxOutputTokens; by thoughts when they left no room for one. */
    | { kind: "truncated"; byThoughts: boolean }
    /** Nothing, for a reason that says nothing about the picture; null: for none. */
    | { kind: "unanswered"; reason: string | null; said: string | null }
  );

const part = z.object({ text: z.string().catch(""), thought: z.boolean().catch(false) });
const candidate = z.object({
  content: z.object({ parts: z.array(part.catch({ text: "", thought: false })).catch([]) }).catch({ parts: [] }),
  finishReason: z.string().optional().catch(undefined),
  /** Why the model stopped, in its own words. The SDK drops it. */
  finishMessage: z.string().nullable().catch(null),
});

/** A GenerateContentResponse, as far as we read it. Whatever is not as it should be counts as missing. */
const responseBody = z
  .object({
    candidates: z.array(candidate).catch([]),
    promptFeedback: z
      .object({ blockReason: z.string().optional(), blockReasonMessage: z.string().nullable().catch(null) })
      .catch({ blockReasonMessage: null }),
    usageMetadata: z.unknown().optional(),
    modelVersion: z.string().nullable().catch(null),
  })
  .catch({
    candidates: [],
    promptFeedback: { blockReasonMessage: null },
    usageMetadata: undefined,
    modelVersion: null,
  });

/**
 * What a response that came with status 200 says. `raw` is its body.
 * @param examples what the request said of its examples
 */
export function readResponse<T>(
  raw: string,
  answer: z.ZodType<T>,
  examples: readonly Partial<T>[] = [],
): ModelResponse<T> {
  const { candidates, promptFeedback, usageMetadata, modelVersion } = responseBody.parse(JSON.parse(raw));
  const [first] = candidates;
  const text = first?.content.parts.map((one) => (one.thought ? "" : one.text)).join("") ?? "";
  const hasText = text.trim() !== "";
  const answered = { raw, text, usage: readUsage(usageMetadata, hasText), modelVersion };
  const { blockReason } = promptFeedback;
  const { finishReason } = first ?? {};
  const reason = blockReason ?? finishReason ?? null;
  const said = blockReason ? promptFeedback.blockReasonMessage : (first?.finishMessage ?? null);
  if (reason !== null && (blockReason ? isFinalBlock(reason) : isFinalFinish(reason))) {
    return { kind: "refused", reason, said, ...answered };
  }
  const hasEnded = reason === null || reason === "STOP";
  // A whole answer is one, for whatever reason the model says that it stopped.
  if (hasText) {
    const read = readAnswer(text, answer, examples);
    if (hasEnded || read.kind === "labelled") return { ...read, ...answered };
  }
  if (reason === "MAX_TOKENS") return { kind: "truncated", byThoughts: !hasText, ...answered };
  return { kind: "unanswered", reason: hasEnded ? null : reason, said, ...answered };
}
