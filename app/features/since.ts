import { dayOf } from "./format";

const HOUR_MS = 60 * 60 * 1000;

/** The spans that lists offer, besides any day. */
export const spans: { value: string; label: string; ms: number }[] = [
  { value: "1h", label: "Last hour", ms: HOUR_MS },
  { value: "24h", label: "Last 24 hours", ms: 24 * HOUR_MS },
  { value: "7d", label: "Last 7 days", ms: 7 * 24 * HOUR_MS },
  { value: "30d", label: "Last 30 days", ms: 30 * 24 * HOUR_MS },
];

/** The moment that an address asks for by `since`: a span back from now, or the beginning of a day (UTC). */
export function sinceOf(params: URLSearchParams, now: Date): Date | undefined {
  const text = params.get("since") ?? "";
  const span = spans.find(({ value }) => value === text);
  if (span) return new Date(now.getTime() - span.ms);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day && !Number.isNaN(day.getTime()) ? day : undefined;
}

/** How a filter names it: “Last 24 hours”, “20 Nov 2026”; null where the address asks for none. */
export function sinceWords(params: URLSearchParams): string | null {
  const text = params.get("since");
  const span = spans.find(({ value }) => value === text);
  const day = sinceOf(params, new Date(0));
  return span?.label ?? (day ? dayOf(day) : null);
}
