import { createHash, timingSafeEqual } from "node:crypto";

/** Digests have one length, and comparing them takes one time, so that a guess learns nothing of the secret. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
