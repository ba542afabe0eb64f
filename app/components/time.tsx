import { exactTime, relativeTime } from "~/features/format";
import { useNow } from "./now";

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
