import type { Request, RequestHandler, Response } from "express";
import { type Options, rateLimit } from "express-rate-limit";
import { plural } from "~/features/format";

const MINUTE_MS = 60 * 1_000;

/** Each sign-in takes two requests: enough for an office behind one address. */
const SIGN_IN_REQUESTS = 60;
const SIGN_IN_WINDOW_MS = 5 * MINUTE_MS;

/** So few guesses find no token of 32 characters. */
const WRONG_TOKENS = 100;
const TOKEN_WINDOW_MS = MINUTE_MS;

/** Counts by the client's address (of IPv6, its network), in this process. */
const limit = (options: Partial<Options>): RequestHandler =>
  // What the library has to say about its settings would be plain text among our log's JSON.
  rateLimit({ standardHeaders: "draft-6", legacyHeaders: false, validate: false, ...options });

/** For the requests that begin and end a sign-in. */
export const limitSignIns = (): RequestHandler =>
  limit({
    windowMs: SIGN_IN_WINDOW_MS,
    limit: SIGN_IN_REQUESTS,
    handler: (_request, response) => {
      const sentence = `Too many sign-ins came from your network address. Try again in ${waitOf(response)}.`;
      response.status(429).type("text").send(sentence);
    },
  });

/** For what programs ask with a token: only wrong tokens count, yet once there are too many, no token is looked at. */
export const limitTokens = (): RequestHandler =>
  limit({
    windowMs: TOKEN_WINDOW_MS,
    limit: WRONG_TOKENS,
    // Requests that "fail" are the library's word for those that do not count, also when the client hangs up.
    skipFailedRequests: true,
    requestWasSuccessful: (_request: Request, { statusCode }: Response) => statusCode === 401,
    handler: (_request, response) => {
      const error = `Too many wrong tokens came from this network address. Try again in ${waitOf(response)}.`;
      response.status(429).set("Cache-Control", "no-store").json({ error });
    },
  });

/** The library has said it in seconds. */
const waitOf = (response: Response) =>
  plural(Math.max(1, Math.ceil(Number(response.getHeader("Retry-After")) / 60)), "minute");
