import { createHash, timingSafeEqual } from "node:crypto";
import { jsonError } from "./api.server";

/**
 * First line of a loader that a program calls: lets pass who carries the token. No cookie is read.
 * @param expected undefined: none is configured, and no one passes
 * @throws 401 with a sentence
 */
export function requireBearer(request: Request, expected: string | undefined): void {
  if (expected === undefined) {
    throw refuse("No token is configured on this server yet.");
  }
  const [, given] = /^Bearer +(\S+) *$/i.exec(request.headers.get("Authorization") ?? "") ?? [];
  if (given === undefined) throw refuse("Send the token as “Authorization: Bearer …”.");
  if (!isSame(given, expected)) throw refuse("The token is wrong.", "invalid_token");
}

/** Digests have one length, and comparing them takes one time, so that a guess learns nothing of the token. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function refuse(sentence: string, error?: "invalid_token"): Response {
  const challenge = `Bearer realm="diffs-ops"${error ? `, error="${error}"` : ""}`;
  return jsonError(401, sentence, { "WWW-Authenticate": challenge });
}
