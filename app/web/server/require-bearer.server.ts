import type { AppLoadContext } from "@remix-run/node";
import { plural } from "~/features/format";
import { isSameSecret } from "~/ports/same-secret.server";
import { jsonError } from "./api.server";
import { countRequest, type RequestCount, readCount } from "./request-counts.server";

/** So few guesses find no token of 32 characters. */
const WRONG_TOKENS = 100;
const WINDOW_MS = 60 * 1_000;

/**
 * First line of a loader that a program calls: lets pass who carries the token. No cookie is read. Only wrong tokens count
 * against a client, for all web processes together; once there are too many, the right one is not looked at either, or
 * the limit would slow no guess.
 * @param expected undefined: none is configured, and no one passes
 * @throws 401 with a sentence; 429 once too many wrong tokens came from the client
 */
export async function requireBearer(
  { request, context: { ports, client } }: { request: Request; context: Pick<AppLoadContext, "ports" | "client"> },
  expected: string | undefined,
): Promise<void> {
  const key = `token ${client}`;
  const former = await readCount(ports, key, WINDOW_MS);
  if (former && former.requests >= WRONG_TOKENS) throw tooMany(former, ports.clock.now());
  const refusal = refusalOf(request, expected);
  if (!refusal) return;
  const count = await countRequest(ports, key, WINDOW_MS);
  throw count.requests > WRONG_TOKENS ? tooMany(count, ports.clock.now()) : refusal;
}

function refusalOf(request: Request, expected: string | undefined): Response | null {
  if (expected === undefined) return refuse("No token is configured on this server yet.");
  const [, given] = /^Bearer +(\S+) *$/i.exec(request.headers.get("Authorization") ?? "") ?? [];
  if (given === undefined) return refuse("Send the token as “Authorization: Bearer …”.");
  return isSameSecret(given, expected) ? null : refuse("The token is wrong.", "invalid_token");
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
