import { ApiError } from "@google/genai";
import { expect, test } from "vitest";
import { failureOf } from "./model-errors.server";

const context = { model: "gemini-2.5-flash", timeoutMs: 60_000, isStopped: false };
const failure = (status: number, error: object) =>
  failureOf(new ApiError({ status, message: JSON.stringify({ error: { code: status, ...error } }) }), context);

const retryIn = (retryDelay: string) => ({ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay });
const violates = (...violations: unknown[]) => ({ "@type": "type.googleapis.com/google.rpc.QuotaFailure", violations });

test.each([
  ["a limit below one", "Quota exceeded for metric: tokens, limit: 0.5, model: gemini-2.5-flash", []],
  ["a limit that begins with 0", "Quota exceeded, limit: 05", []],
  [
    "words about spending limits",
    "You exceeded your current quota. Read about spending limits in the documentation.",
    [],
  ],
  ["words about a spending cap", "You exceeded your current quota, please check your plan and your spending cap.", []],
  ["a quota of a minute", "Quota exceeded.", [violates({ quotaId: "RequestsPerMinutePerProject", quotaValue: 15 })]],
])("a quota that passes: %s", (_, message, details) => {
  expect(failure(429, { message, details: [...details, retryIn("3s")] })).toMatchObject({
    kind: "rate-limited",
    retryAfterMs: 3_000,
  });
});

const quotaOf = (quotaId: string, quotaValue: unknown) => violates({ quotaId, quotaValue });

test.each([
  ["of requests", "Slow down.", [quotaOf("GenerateRequestsPerMinutePerProjectPerModel", "600")], [600, null]],
  ["of tokens", "Slow down.", [quotaOf("GenerateContentInputTokensPerModelPerMinute", 250_000)], [null, 250_000]],
  ["without a value", "Slow down.", [quotaOf("GenerateRequestsPerMinutePerProjectPerModel", undefined)], [null, null]],
  ["in words only", "Quota exceeded for metric: generate_requests_per_model", [], [null, null]],
])(
  "a quota of a minute holds for all calls of the model, by the limit that it tells: %s",
  (_, message, details, limits) => {
    const [requestsPerMinute, tokensPerMinute] = limits;
    expect(failure(429, { message, details: [...details, retryIn("3.25s")] })).toMatchObject({
      retryAfterMs: 3_250,
      quota: { requestsPerMinute, tokensPerMinute },
    });
  },
);

test("a 429 that speaks of no quota holds for its own request only", () => {
  const message = "Resource has been exhausted (e.g. check quota).";
  expect(failure(429, { message, details: [retryIn("0.5s")] })).toMatchObject({ retryAfterMs: 500, quota: null });
});

test.each([
  ["limit 0", "Quota exceeded for metric: tokens, limit: 0, model: gemini-2.5-flash", [], /has no quota for/],
  ["limit 0 at the end", "Quota exceeded, limit: 0.", [], /has no quota for/],
  ["0 as a number", "Quota exceeded.", [violates({ quotaId: "A", quotaValue: 0 })], /has no quota for/],
  [
    "of a day, its value a number",
    "Quota exceeded.",
    [violates({ quotaId: "RequestsPerDayPerProject", quotaValue: 250 })],
    /quota of the day/,
  ],
  [
    "of a day, beside oddities",
    "Quota exceeded.",
    [null, violates(null, { quotaId: 7, quotaValue: {} }, { quotaId: "RequestsPerDayPerProject", quotaValue: null })],
    /quota of the day/,
  ],
  ["a cap that is exceeded", "Your project has exceeded its monthly spending cap.", [], /has reached its spending cap/],
  ["a cap, said the other way", "The spend limit of this project was reached.", [], /has reached its spending cap/],
  ["no credits", "Your prepayment credits are depleted.", [], /has reached its spending cap/],
])("a quota that does not pass: %s", (what, message, details, sentence) => {
  expect(failure(429, { message, details: [...details, retryIn("3s")] })).toMatchObject({
    kind: "denied",
    why: what.startsWith("of a day") ? "day" : "quota",
    reason: expect.stringMatching(sentence),
  });
});

test.each([
  [
    403,
    { status: "PERMISSION_DENIED", message: "Your API key was reported as leaked. Please use another API key." },
    "Gemini does not accept the API key (403): Your API key was reported as leaked. Please use another API key. Check GEMINI_API_KEY.",
  ],
  [
    403,
    { message: "Requests are blocked.", details: [{ reason: "API_KEY_SERVICE_BLOCKED" }] },
    "Gemini does not accept the API key (403): Requests are blocked. Check GEMINI_API_KEY.",
  ],
  [
    403,
    { status: "PERMISSION_DENIED", message: "Your project has been denied access. Please contact support." },
    "Gemini does not let this Google project ask (403): Your project has been denied access. Please contact support. Check that the Gemini API is enabled there and open to the project, then resume.",
  ],
  [
    400,
    { status: "FAILED_PRECONDITION", message: "User location is not supported for the API use." },
    "Gemini does not serve this Google project (400): User location is not supported for the API use. Enable billing for it or use another project’s key, then resume.",
  ],
  [
    429,
    { message: "Slow down.", details: [retryIn("3600s")] },
    "Gemini’s quota is used up: Slow down. It asks to wait for 60 minutes: resume after that.",
  ],
])("what stops a run says what to do: %d %j", (status, error, reason) => {
  expect(failure(status, error)).toMatchObject({ kind: "denied", reason });
});
