import type { AppLoadContext } from "@remix-run/node";
import { plural } from "~/features/format";
import { isSameSecret } from "~/ports/same-secret.server";
import { jsonError } from "./api.server";
import { countRequest, type RequestCount, readCount } from "./request-counts.server";

/** So few guesses find no token of 32 characters. */
const WRONG_TOKENS = 100;
const WINDOW_MS = 60 * 1_000;

/** Why a token is not taken, as a sentence; null: it is. */
type JudgeToken = (given: string) => string | null | Promise<string | null>;

/**
 * First line of a loader that a program calls: lets pass who carries a token that `judge` takes. No cookie is read. Only wrong
 * tokens count against a client, for all web processes together; once there are too many, the right one is not looked at
 * either, or the limit would slow no guess.
 * @throws 401 with a sentence; 429 once too many wrong tokens came from the client
 */
export async function requireBearer(
  { request, context: { ports, client } }: { request: Request; context: Pick<AppLoadContext, "ports" | "client"> },
  judge: JudgeToken,
): Promise<void> {
  const key = `token ${client}`;
  const former = await readCount(ports, key, WINDOW_MS);
  if (former && former.requests >= WRONG_TOKENS) throw tooMany(former, ports.clock.now());
  const refusal = await refusalOf(request, judge);
  if (!refusal) return;
  const count = await countRequest(ports, key, WINDOW_MS);
  throw count.requests > WRONG_TOKENS ? tooMany(count, ports.clock.now()) : refusal;
}

/** Takes one token only; undefined: none is configured, and no one passes. */
export const onlyToken =
  (expected: string | undefined): JudgeToken =>
  (given) => {
    if (expected === undefined) return "No token is configured on this server yet.";
    return isSameSecret(given, expected) ? null : "The token is wrong.";
  };

async function refusalOf(request: Request, judge: JudgeToken): Promise<Response | null> {
  const [, given] = /^Bearer +(\S+) *$/i.exec(request.headers.get("Authorization") ?? "") ?? [];
  if (given === undefined) return refuse("Send the token as “Authorization: Bearer …”.");
  const refusal = await judge(given);
  return refusal === null ? null : refuse(refusal, "invalid_token");
}

function refuse(sentence: string, error?: "invalid_token"): Response {
  const challenge = `Bearer realm="diffs-ops"${error ? `, error="${error}"` : ""}`;
  return jsonError(401, sentence, { "WWW-Authenticate": challenge });
}

function tooMany({ endsAt }: RequestCount, now: Date): Response {
  const seconds = Math.max(1, Math.ceil((endsAt.getTime() - now.getTime()) / 1_000));
  const sentence = `Too many wrong tokens came from this network address. Try again in ${plural(Math.ceil(seconds / 60), "minute")}.`;
  return jsonError(429, sentence, { "Retry-After": String(seconds) });
}
