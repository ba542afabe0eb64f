import { ApiError } from "@google/genai";
import { z } from "zod";

/** The model could not be asked; the message is a sentence, `retryable` says whether waiting helps. */
export class ModelError extends Error {
  override name = "ModelError";
  constructor(
    message: string,
    readonly retryable: boolean,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** What stands in for a retryDelay where a 429 carries none: half of the minute that Gemini's quotas are counted by. */
const DEFAULT_RETRY_AFTER_MS = 30_000;

type Failure =
  | { kind: "rate-limited"; retryAfterMs: number; reason: string }
  | { kind: "failed"; retryable: boolean; perhapsBilled: boolean; reason: string };

type CallContext = { model: string; timeoutMs: number; isStopped: boolean | undefined };

/** Turns whatever the SDK threw into a result. */
export function failureOf(error: unknown, context: CallContext): Failure {
  if (error instanceof ApiError) return apiFailure(error, context);
  if (context.isStopped) return lost("The call was stopped before Gemini answered.");
  if (error instanceof Error && error.name === "AbortError") {
    return lost(`Gemini did not answer within ${context.timeoutMs / 1000} s.`);
  }
  if (error instanceof SyntaxError) return lost("Gemini’s response broke off or is no JSON.");
  const code = networkCode(error);
  const isUnsent = code === "ECONNREFUSED" || code === "ENOTFOUND";
  return { ...lost(`Gemini could not be reached (${code ?? sentenceOf(error)}).`), perhapsBilled: !isUnsent };
}

const lost = (reason: string): Failure & { kind: "failed" } => ({
  kind: "failed",
  retryable: true,
  perhapsBilled: true,
  reason,
});

const googleError = z.object({
  error: z.object({
    message: z.string(),
    details: z.array(z.looseObject({ retryDelay: z.string().optional() })).default([]),
  }),
});

/**
 * Google's error within the message that the SDK throws: the response's body as JSON, or (where the body came without
 * its content type) JSON whose message is that body once more.
 */
function readGoogleError(text: string): z.infer<typeof googleError>["error"] {
  try {
    const { error } = googleError.parse(JSON.parse(text));
    return error.message.trimStart().startsWith("{") ? readGoogleError(error.message) : error;
  } catch {
    // What no Google server wrote (a proxy's page, say) still tells something.
    return { message: text, details: [] };
  }
}

/** Google bills no call that it answered with an error (ai.google.dev/gemini-api/docs/billing). */
function apiFailure({ status, message }: ApiError, { model }: CallContext): Failure {
  const { message: text, details } = readGoogleError(message);
  const said = asSentence(text);
  if (status === 429) {
    const delay = details.map(({ retryDelay }) => Number.parseFloat(retryDelay ?? "")).find((seconds) => seconds >= 0);
    const retryAfterMs = delay === undefined ? DEFAULT_RETRY_AFTER_MS : Math.ceil(delay * 1000);
    return { kind: "rate-limited", retryAfterMs, reason: `Gemini’s quota is used up: ${said}` };
  }
  const failed = { kind: "failed", retryable: status >= 500 || status === 408, perhapsBilled: false } as const;
  // A wrong key is answered with 400, a missing one with 403.
  if (status === 401 || status === 403 || /API key not valid/i.test(text)) {
    return { ...failed, reason: `Gemini does not accept the API key (${status}): ${said} Check GEMINI_API_KEY.` };
  }
  if (status === 404) {
    return { ...failed, reason: `Gemini has no model “${model}” (404): ${said} Check GEMINI_MODEL.` };
  }
  return { ...failed, reason: `Gemini ${status >= 500 ? "failed" : "did not take the request"} (${status}): ${said}` };
}

function asSentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim().slice(0, 300) || "it gave no reason";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function networkCode(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error) || !("code" in cause)) return undefined;
  return String(cause.code);
}

/** An unknown thrown thing as text. */
export const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
