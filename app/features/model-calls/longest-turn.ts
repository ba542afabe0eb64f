/** How long an attempt goes on waiting for its turn at a model whose quota of a minute is used up. */
export const LONGEST_TURN_MS = 5 * 60_000;
