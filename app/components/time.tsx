import { relativeTime } from "./format";
import { useNow } from "./now";

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });

/** “20 Nov 2026, 10:42:07 UTC”, where only text can stand. */
export const exactTime = (at: Date) => `${exact.format(at)} UTC`;

/** How long ago, with the exact time (UTC, as in logs and S3) on hover. */
export function Time({ at }: { at: Date }) {
  const now = useNow();
  return (
    <time dateTime={at.toISOString()} title={exactTime(at)} className="whitespace-nowrap">
      {relativeTime(at, now)}
    </time>
  );
}

/** The exact time in UTC, for where it is the point: a log, a slot. */
export function ExactTime({ at }: { at: Date }) {
  return (
    <time dateTime={at.toISOString()} className="whitespace-nowrap tabular-nums">
      {exactTime(at)}
    </time>
  );
}
