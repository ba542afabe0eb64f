const hoursOf = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Los_Angeles",
  hourCycle: "h23",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/** Milliseconds on the clocks of Google's quotas of a day, which are renewed at midnight Pacific time. */
function timeOfDay(at: Date): number {
  const [hour = 0, minute = 0, second = 0] = hoursOf.format(at).split(":").map(Number);
  return hour * HOUR + minute * 60 * SECOND + second * SECOND + at.getMilliseconds();
}

/** The last midnight Pacific time: when the quotas that hold now were renewed. */
export function dayBegan(now: Date): Date {
  const guess = new Date(now.getTime() - timeOfDay(now));
  // On a day with a change of clocks an hour is missing or there twice.
  const off = timeOfDay(guess);
  return new Date(guess.getTime() + (off === 0 ? 0 : off < 12 * HOUR ? -off : DAY - off));
}

/** The next midnight Pacific time: when the quotas of a day are renewed. */
export const dayEnds = (now: Date): Date => dayBegan(new Date(dayBegan(now).getTime() + DAY + 2 * HOUR));

const minuteOf = new Intl.DateTimeFormat("en-US", {
  timeZone: "UTC",
  month: "long",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** “November 30 at 08:00 UTC” */
export const renewalWords = (now: Date): string => `${minuteOf.format(dayEnds(now))} UTC`;
