import { relativeTime } from "./format";
import { useNow } from "./now";

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });

/** How long ago, with the exact time (UTC, as in logs and S3) on hover. */
export function Time({ at }: { at: Date }) {
  const now = useNow();
  return (
    <time dateTime={at.toISOString()} title={`${exact.format(at)} UTC`} className="whitespace-nowrap">
      {relativeTime(at, now)}
    </time>
  );
}

/** The exact time in UTC, for where it is the point: a log, a slot. */
export function ExactTime({ at }: { at: Date }) {
  return (
    <time dateTime={at.toISOString()} className="whitespace-nowrap tabular-nums">
      {exact.format(at)} UTC
    </time>
  );
}
