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

export const serverError = () =>
  new GoogleError(
    500,
    "INTERNAL",
    "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting",
  );

/** @param seconds the RetryInfo's delay */
export const quotaExceeded = (model: string, seconds: number) =>
  new GoogleError(
    429,
    "RESOURCE_EXHAUSTED",
    `You exceeded your current quota, please check your plan and billing details.\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_requests_per_model, model: ${model}\nPlease retry in ${seconds}s.`,
    [
      {
        "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        violations: [
          {
            quotaMetric: "generativelanguage.googleapis.com/generate_requests_per_model",
            quotaId: "GenerateRequestsPerMinutePerProjectPerModel",
            quotaDimensions: { location: "global", model },
          },
        ],
      },
      { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${seconds}s` },
    ],
  );
