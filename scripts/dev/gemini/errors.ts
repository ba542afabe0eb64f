import type { ErrorFault } from "./knobs";

/** An error in the shape that Google's servers send. */
export class GoogleError extends Error {
  override name = "GoogleError";
  constructor(
    readonly code: number,
    readonly status: string,
    message: string,
    readonly details: Record<string, unknown>[] = [],
  ) {
    super(message);
  }

  body() {
    const { code, status, message, details } = this;
    return { error: { code, message, status, ...(details.length > 0 && { details }) } };
  }
}

export const badRequest = (message: string) => new GoogleError(400, "INVALID_ARGUMENT", message);

export const noModel = (model: string) =>
  new GoogleError(
    404,
    "NOT_FOUND",
    `models/${model} is not found for API version v1beta, or is not supported for generateContent.`,
  );

export const noKey = () =>
  new GoogleError(
    403,
    "PERMISSION_DENIED",
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  );

export const wrongKey = () =>
  new GoogleError(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", [
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "API_KEY_INVALID",
      domain: "googleapis.com",
      metadata: { service: "generativelanguage.googleapis.com" },
    },
  ]);

const serverError = () =>
  new GoogleError(
    500,
    "INTERNAL",
    "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting",
  );

const overloaded = () => new GoogleError(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");

const keyExpired = () =>
  new GoogleError(400, "INVALID_ARGUMENT", "API key expired. Please renew the API key.", [
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "API_KEY_INVALID",
      domain: "googleapis.com",
      metadata: { service: "generativelanguage.googleapis.com" },
    },
  ]);

/** It carries no details at all. */
const spendingCap = () =>
  new GoogleError(
    429,
    "RESOURCE_EXHAUSTED",
    "Your project has exceeded its monthly spending cap. Please go to AI Studio to manage your project spend cap.",
  );

/** @param quota.seconds the RetryInfo's delay, which Google sends with a quota of a day too */
function quotaOf(model: string, quota: { per: "Minute" | "Day"; limit?: number; seconds: number }) {
  const { per, limit, seconds } = quota;
  const limited = limit === undefined ? "" : `, limit: ${limit}`;
  return new GoogleError(
    429,
    "RESOURCE_EXHAUSTED",
    `You exceeded your current quota, please check your plan and billing details.\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_requests_per_model${limited}, model: ${model}\nPlease retry in ${seconds}s.`,
    [
      {
        "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        violations: [
          {
            quotaMetric: "generativelanguage.googleapis.com/generate_requests_per_model",
            quotaId: `GenerateRequestsPer${per}PerProjectPerModel`,
            quotaDimensions: { location: "global", model },
            ...(limit && { quotaValue: String(limit) }),
          },
        ],
      },
      { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${seconds}s` },
    ],
  );
}

/**
 * @param seconds the RetryInfo's delay
 * @param limit of the quota, where it is told
 */
export const quotaExceeded = (model: string, seconds: number, limit?: number) =>
  quotaOf(model, { per: "Minute", seconds, ...(limit !== undefined && { limit }) });

/** Of the quota of a day, whose RetryInfo tells to come back soon all the same. */
export const dayExceeded = (model: string, limit: number) => quotaOf(model, { per: "Day", limit, seconds: 21.5 });

/** Of no quota: it speaks of this one request only. */
const strayLimit = (seconds: number) =>
  new GoogleError(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", [
    { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${seconds}s` },
  ]);

/** @param seconds the RetryInfo's delay of a quota that is used up */
export function errorOf(fault: ErrorFault, model: string, seconds: number): GoogleError {
  switch (fault) {
    case "rate-limit":
      return quotaExceeded(model, seconds);
    case "stray-rate-limit":
      return strayLimit(seconds);
    case "quota-of-day":
      return quotaOf(model, { per: "Day", limit: 250, seconds });
    case "no-quota":
      return quotaOf(model, { per: "Minute", limit: 0, seconds });
    case "spending-cap":
      return spendingCap();
    case "key-expired":
      return keyExpired();
    case "overloaded":
      return overloaded();
    case "server-error":
      return serverError();
  }
}
