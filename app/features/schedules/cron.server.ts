import { createTask } from "node-cron";

type Cron = { cron: string; timeZone: string };

const MINUTE = 60_000;
/** A machine that was off longer is told no more than this. */
const LOOK_BACK_MS = 31 * 24 * 60 * MINUTE;

/** The next tick after now, or null when there is none. */
export function nextSlot({ cron, timeZone }: Cron): Date | null {
  return createTask(cron, () => {}, { timezone: timeZone }).getNextRuns(1)[0] ?? null;
}

/** The ticks after `after` up to `until`, oldest first; at most the last 31 days. */
export function slotsBetween({ cron, timeZone }: Cron, after: Date, until: Date): Date[] {
  const task = createTask(cron, () => {}, { timezone: timeZone });
  const start = Math.max(after.getTime(), until.getTime() - LOOK_BACK_MS);
  const slots: Date[] = [];
  for (let time = (Math.floor(start / MINUTE) + 1) * MINUTE; time <= until.getTime(); time += MINUTE) {
    const date = new Date(time);
    if (task.match(date)) slots.push(date);
  }
  return slots;
}
