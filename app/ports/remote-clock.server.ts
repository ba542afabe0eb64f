import type { Clock } from "./clock.server";

const TIMEOUT_MS = 10_000;

/** How far our clock is ahead of another machine's, and how exactly that is known, in seconds. */
export type ClockOffset = { aheadSeconds: number; withinSeconds: number };

/**
 * Compares our clock with the `Date` header of whoever answers at this address, whatever the answer is. A header has whole
 * seconds, and the answer took its time: so it is only known within some.
 * @throws Error when nothing answers, or without a time
 */
export async function compareClock(url: string, clock: Clock, signal: AbortSignal): Promise<ClockOffset> {
  const before = clock.now().getTime();
  const response = await fetch(url, {
    method: "HEAD",
    redirect: "manual",
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  const after = clock.now().getTime();
  await response.body?.cancel();
  const told = Date.parse(response.headers.get("Date") ?? "");
  if (Number.isNaN(told)) throw new Error("The answer does not tell the time.");
  const middle = (before + after) / 2;
  return { aheadSeconds: (middle - (told + 500)) / 1_000, withinSeconds: 0.5 + (after - before) / 2_000 };
}
