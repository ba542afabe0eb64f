import type { Request, RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { plural } from "~/features/format";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { countRequest, isCurrent, type RequestCount } from "./request-counts.server";

/** Each sign-in takes two requests: enough for an office behind one address. */
const SIGN_IN_REQUESTS = 60;
const WINDOW_MS = 5 * 60 * 1_000;

/** The client whose requests count together: its address; of IPv6, its network. */
export const clientOf = ({ ip }: Request): string => (ip === undefined ? "" : ipKeyGenerator(ip));

/** For the requests that begin and end a sign-in. */
export function limitSignIns(deps: { db: Db; clock: Clock }): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: SIGN_IN_REQUESTS,
    keyGenerator: clientOf,
    store: sharedStore(deps),
    standardHeaders: "draft-6",
    legacyHeaders: false,
    // What the library has to say about its settings would be plain text among our log's JSON.
    validate: false,
    handler: (_request, response) => {
      // The library has said it in seconds.
      const minutes = Math.max(1, Math.ceil(Number(response.getHeader("Retry-After")) / 60));
      const sentence = `Too many sign-ins came from your network address. Try again in ${plural(minutes, "minute")}.`;
      response.status(429).type("text").send(sentence);
    },
  });
}

/** Counts for all web processes together. */
function sharedStore(deps: { db: Db; clock: Clock }) {
  // Who is over the limit costs no further write: a flood of requests would hold up everything else that is saved.
  const over = new Map<string, RequestCount>();
  return {
    async increment(client: string) {
      for (const [known, count] of over) if (!isCurrent(count, deps.clock.now(), WINDOW_MS)) over.delete(known);
      const count = over.get(client) ?? (await countRequest(deps, `sign-in ${client}`, WINDOW_MS));
      if (count.requests > SIGN_IN_REQUESTS) over.set(client, count);
      return { totalHits: count.requests, resetTime: count.endsAt };
    },
    // What was counted stays counted.
    decrement() {},
    resetKey() {},
  };
}
