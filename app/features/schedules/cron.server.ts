import { createTask, parse } from "node-cron";

type Cron = { cron: string; timeZone: string };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Zones differ from UTC by whole quarters of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;
/** A machine that was off, or a clock that was wrong, by more than this is told no more: a year, and some. */
const LONGEST_MS = 400 * 24 * HOUR_MS;

/** The next tick after `now`, or null when there is none within 400 days. */
export function nextSlot(cron: Cron, now: Date): Date | null {
  for (const slot of slotsBetween(cron, now, new Date(now.getTime() + LONGEST_MS))) return slot;
  return null;
}

/**
 * The ticks after `after` up to `until`, oldest first; at most those of the last 400 days. A time that a change of the clocks
 * leaves out has none; one that it repeats has its first, unless the schedule is for every hour.
 */
export function* slotsBetween({ cron, timeZone }: Cron, after: Date, until: Date): Generator<Date> {
  const { minutes, hours, isDay } = readCron(cron, timeZone);
  const localTime = localTimes(timeZone);
  const isRepeat = (time: number) => hours.size < 24 && localTime(time) === localTime(time - HOUR_MS);
  const start = Math.max(after.getTime(), until.getTime() - LONGEST_MS);
  for (let quarter = floorTo(start, QUARTER_MS); quarter <= until.getTime(); quarter += QUARTER_MS) {
    const local = localTime(quarter);
    if (!hours.has(Math.floor(local / 60))) continue;
    for (let minute = 0; minute < 15; minute++) {
      const time = quarter + minute * MINUTE_MS;
      if (!minutes.has((local + minute) % 60) || time <= start || time > until.getTime()) continue;
      const slot = new Date(time);
      if (isDay(slot) && !isRepeat(time)) yield slot;
    }
  }
}

const floorTo = (time: number, step: number) => Math.floor(time / step) * step;

type Matcher = { minutes: Set<number>; hours: Set<number>; isDay(slot: Date): boolean };
const matchers = new Map<string, Matcher>();

/** Read once: node-cron keeps every task that it ever made. */
function readCron(cron: string, timeZone: string): Matcher {
  const key = `${cron} ${timeZone}`;
  const known = matchers.get(key);
  if (known) return known;
  const { minute, hour, dayOfMonth, month, dayOfWeek } = parse(cron);
  const isEveryDay = dayOfMonth.length === 31 && month.length === 12 && dayOfWeek.length >= 7;
  const task = createTask(cron, () => {}, { timezone: timeZone });
  const isDay = (slot: Date) => isEveryDay || task.match(slot);
  const matcher = { minutes: new Set(minute), hours: new Set(hour), isDay };
  matchers.set(key, matcher);
  return matcher;
}

/** Minutes since midnight in a zone. */
function localTimes(timeZone: string): (time: number) => number {
  if (timeZone === "UTC") return (time) => (time / MINUTE_MS) % (24 * 60);
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (time) => {
    const [hour = "", minute = ""] = format.format(time).split(":");
    return Number(hour) * 60 + Number(minute);
  };
}
