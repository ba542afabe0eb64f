import { ApiError } from "@google/genai";
import { z } from "zod";
import { quote } from "~/quote";
import { readNetworkEnd } from "./model-network";

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
/** The longest wait that a quota of a minute asks for; a longer one is no quota of a minute. */
const LONGEST_RETRY_MS = 2 * 60_000;

/** What a quota of a minute allows, as a 429 told it; null: it did not. */
export type LearnedLimits = { requestsPerMinute: number | null; tokensPerMinute: number | null };

/** `reason` is a sentence. Google bills no call that it answered with an error (ai.google.dev/gemini-api/docs/billing). */
export type Failure =
  /** Too many calls for now. `quota`: a quota of a minute is used up, for all calls of the model; null: only this one has to wait. */
  | { kind: "rate-limited"; retryAfterMs: number; quota: LearnedLimits | null; reason: string }
  /** The model is overloaded, or no one listens: no call gets through at the moment. Not billed. */
  | { kind: "unavailable"; reason: string }
  /** No call is answered until a person does something, or a day is over: whatever the picture. Not billed. */
  | { kind: "denied"; why: "quota" | "day" | "access"; reason: string }
  /** `perhapsBilled`: the call went out and no one told how it ended. */
  | { kind: "failed"; retryable: boolean; perhapsBilled: boolean; reason: string };

type CallContext = { model: string; timeoutMs: number; isStopped: boolean | undefined };

/** Turns whatever the SDK threw into a result. */
export function failureOf(error: unknown, context: CallContext): Failure {
  if (error instanceof ApiError) return apiFailure(error, context);
  if (context.isStopped) return lost("The call was stopped before Gemini answered.");
  if (error instanceof Error && error.name === "AbortError") {
    return lost(`Gemini did not answer within ${context.timeoutMs / 1000} s.`);
  }
  if (error instanceof SyntaxError) return lost("Gemini’s response broke off or is not JSON.");
  const { kind, code } = readNetworkEnd(error);
  if (kind === "untrusted") return { kind: "denied", why: "access", reason: untrusted(code) };
  const reason = `Gemini could not be reached (${code ?? sentenceOf(error)}).`;
  return kind === "unsent" ? { kind: "unavailable", reason } : lost(reason);
}

const untrusted = (code: string | null) =>
  `The certificate of Gemini’s server is not trusted here (${code}). Check this machine’s clock; where a proxy opens TLS, name its certificate in NODE_EXTRA_CA_CERTS and restart. Then resume.`;

const lost = (reason: string): Failure => ({ kind: "failed", retryable: true, perhapsBilled: true, reason });

const text = z.union([z.string(), z.number().transform(String)]).optional();

/** Each field for itself: one that is odd takes nothing else with it. */
const errorDetail = z.looseObject({
  /** google.rpc.RetryInfo: "21.5s" */
  retryDelay: z.string().optional().catch(undefined),
  /** google.rpc.ErrorInfo */
  reason: z.string().optional().catch(undefined),
  /** google.rpc.QuotaFailure; a limit of 0 has the value "0", 0 or none. */
  violations: z
    .array(z.looseObject({ quotaId: text.catch(undefined), quotaValue: text.catch(undefined) }).catch({}))
    .optional()
    .catch(undefined),
});
const googleError = z.object({
  error: z.object({
    message: z.string(),
    status: z.string().optional().catch(undefined),
    details: z.array(errorDetail.catch({})).default([]).catch([]),
  }),
});
type GoogleError = z.infer<typeof googleError>["error"];

/**
 * Google's error within the message that the SDK throws: the response's body as JSON, or (where the body came without
 * its content type) JSON whose message is that body once more.
 */
function readGoogleError(text: string): GoogleError {
  try {
    const { error } = googleError.parse(JSON.parse(text));
    return error.message.trimStart().startsWith("{") ? readGoogleError(error.message) : error;
  } catch {
    // What no Google server wrote (a proxy's page, say) still tells something.
    return { message: text, details: [] };
  }
}

function apiFailure({ status, message }: ApiError, { model }: CallContext): Failure {
  const error = readGoogleError(message);
  const said = asSentence(error.message);
  if (status === 429) return quotaFailure(error, { said, model });
  // A wrong key is answered with 400, a missing one with 403.
  if (status === 401 || isKeyRefused(error) || (status === 403 && isAboutKey(error))) {
    const reason = `Gemini does not accept the API key (${status}): ${said} Check GEMINI_API_KEY.`;
    return { kind: "denied", why: "access", reason };
  }
  if (status === 403) {
    const reason = `Gemini does not let this Google project ask (403): ${said} Check that the Gemini API is enabled there and open to the project, then resume.`;
    return { kind: "denied", why: "access", reason };
  }
  if (status === 404) {
    const reason = `Gemini has no model ${quote(model)} (404): ${said} Check GEMINI_MODEL.`;
    return { kind: "denied", why: "access", reason };
  }
  // Of the project, not of the request: no billing account, or a country that Gemini does not serve.
  if (error.status === "FAILED_PRECONDITION") {
    const reason = `Gemini does not serve this Google project (${status}): ${said} Enable billing for it or use another project’s key, then resume.`;
    return { kind: "denied", why: "access", reason };
  }
  if (OVERLOADED.has(status)) return { kind: "unavailable", reason: `Gemini is overloaded (${status}): ${said}` };
  const failed = { kind: "failed", retryable: status >= 500 || status === 408, perhapsBilled: false } as const;
  return { ...failed, reason: `Gemini ${status >= 500 ? "failed" : "did not take the request"} (${status}): ${said}` };
}

/** 502 and 504 are what a proxy before the model says of the same. */
const OVERLOADED: ReadonlySet<number> = new Set([502, 503, 504]);

const isKeyRefused = ({ message, details }: GoogleError) =>
  details.some(({ reason }) => reason === "API_KEY_INVALID") ||
  /API key (?:not valid|expired|not found)/i.test(message);

const isAboutKey = ({ message, details }: GoogleError) =>
  details.some(({ reason }) => reason?.startsWith("API_KEY_")) || /API key|unregistered callers/i.test(message);

/** That it is exceeded, not that there are such things. */
const SPENDING_CAP =
  /(?:exceeded|reached|hit) [^.,;]{0,40}spend(?:ing)? (?:cap|limit)\b|spend(?:ing)? (?:cap|limit)\b[^.,;]{0,40} (?:exceeded|reached|hit)|credits? (?:are|is) depleted/i;

/**
 * A quota of a minute passes; one of a day, a spending cap and a limit of 0 do not, whatever RetryInfo says beside them
 * (github.com/googleapis/python-genai/issues/1875).
 */
function quotaFailure(
  { message, details }: GoogleError,
  { said, model }: { said: string; model: string },
): Failure & { kind: "rate-limited" | "denied" } {
  const denied = (reason: string, why: "quota" | "day" = "quota") => ({ kind: "denied", why, reason }) as const;
  const violations = details.flatMap((detail) => detail.violations ?? []);
  if (SPENDING_CAP.test(message)) {
    return denied(
      `The Google project has reached its spending cap: ${said} Raise its cap in Google AI Studio, then resume.`,
    );
  }
  if (/\blimit: 0(?!\.?\d)/.test(message) || violations.some(({ quotaValue }) => quotaValue === "0")) {
    return denied(`The Google project has no quota for ${model}: ${said} Enable billing or ask another model.`);
  }
  if (violations.some(({ quotaId }) => quotaId?.includes("PerDay"))) {
    return denied(
      `Gemini’s quota of the day is used up: ${said} Resume after midnight Pacific time, or once the quota is raised.`,
      "day",
    );
  }
  const delay = details.map(({ retryDelay }) => Number.parseFloat(retryDelay ?? "")).find((seconds) => seconds >= 0);
  const retryAfterMs = delay === undefined ? DEFAULT_RETRY_AFTER_MS : Math.ceil(delay * 1000);
  const reason = `Gemini’s quota is used up: ${said}`;
  return retryAfterMs > LONGEST_RETRY_MS
    ? denied(`${reason} It asks to wait for ${Math.ceil(retryAfterMs / 60_000)} minutes: resume after that.`)
    : { kind: "rate-limited", retryAfterMs, quota: readQuota(message, violations), reason };
}

/** Of a quota the message or its details speak; without either Gemini has no room for this one request. */
function readQuota(message: string, violations: { quotaId?: string | undefined; quotaValue?: string | undefined }[]) {
  const perMinute = violations.filter(({ quotaId }) => quotaId?.includes("PerMinute"));
  if (perMinute.length === 0 && !OF_A_QUOTA.test(message)) return null;
  const limitOf = (isOfTokens: boolean) => {
    const found = perMinute.find(({ quotaId }) => /token/i.test(quotaId ?? "") === isOfTokens);
    const limit = Number(found?.quotaValue);
    return Number.isSafeInteger(limit) && limit > 0 ? limit : null;
  };
  return { requestsPerMinute: limitOf(false), tokensPerMinute: limitOf(true) };
}

const OF_A_QUOTA = /quota exceeded for|exceeded your current quota/i;

function asSentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim().slice(0, 300) || "it gave no reason";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** An unknown thrown thing as text. */
const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
