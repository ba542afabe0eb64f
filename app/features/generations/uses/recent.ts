/**
 * Days in which a generation counts as recent: long enough for a reference that few prompts ask for to have been used, and the longest
 * span that lists offer (`since.ts`), so that the number and the list behind it are the same.
 */
export const RECENT_DAYS = 30;

/** The span of that length, as the address of the list says it. */
export const RECENT_SPAN = `${RECENT_DAYS}d`;

/** The moment from which on a generation is recent. */
export const recentFrom = (now: Date): Date => new Date(now.getTime() - RECENT_DAYS * 24 * 60 * 60 * 1_000);
