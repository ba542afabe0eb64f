/** No wait that a server asks for is longer: it would be forgotten. */
const LONGEST_WAIT_MS = 60 * 60_000;

/** How long a server asked to be left alone, as its Retry-After says, in seconds or until a date; an hour at most, null where it did not. */
export function retryAfterMs(header: string | null, at: Date): number | null {
  const text = header?.trim() ?? "";
  if (text === "") return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - at.getTime();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}
