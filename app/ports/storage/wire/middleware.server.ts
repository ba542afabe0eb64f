import { Readable } from "node:stream";

/** An answer as a middleware of the SDK gets it, before anything was read of its body. */
export function isAnswer(response: unknown): response is { statusCode: number; body: Readable } {
  return typeof response === "object" && response !== null && "body" in response && response.body instanceof Readable;
}

/** A request as a middleware of the SDK gets it, before it is signed. */
export function isRequest(request: unknown): request is { headers: Record<string, string>; body?: unknown } {
  return typeof request === "object" && request !== null && "headers" in request;
}
