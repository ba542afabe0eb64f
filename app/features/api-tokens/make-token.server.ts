import { createHash, randomBytes } from "node:crypto";

/** By it people, and scanners for secrets, know a token of ours. */
const START = "diffs_";

/** 256 random bits: “diffs_” and 43 characters that need no escaping anywhere. */
export function makeToken(): { token: string; hash: string; ending: string } {
  const token = START + randomBytes(32).toString("base64url");
  return { token, hash: hashOf(token), ending: token.slice(-4) };
}

/**
 * What is kept of a token. It is looked up by this: how long an index takes to find a hash tells nothing of a token, since no one
 * can make a hash that begins as wanted but by hashing guesses.
 */
export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
