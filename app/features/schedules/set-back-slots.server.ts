import { raiseClockAlert } from "~/features/clock-watch/clock-alerts.server";
import { exactTime } from "~/features/format";
import type { Clock } from "~/ports/clock.server";
import type { Db, Schedule } from "~/ports/db.server";
import type { Log } from "~/ports/log.server";
import { quote } from "~/quote";
import { slotsBetween } from "./cron.server";

/**
 * A schedule has accounted for slots that have not come yet: the clock was ahead. It goes on from now, for else it would be
 * silent until the clock gets there again; those that were found missed ahead of now are no longer, and someone is told.
 */
export async function setBackSlots(
  { db, log }: { db: Db; clock: Clock; log: Log },
  schedule: Schedule,
  now: Date,
): Promise<void> {
  const { id, title, lastSlot, missed, missedSince } = schedule;
  const left = Math.min(missed, await countWithoutRun(db, schedule, now));
  const sentence = `The clock was ahead: ${quote(title)} had run for its time ${exactTime(lastSlot)}, and it is ${exactTime(now)} now. It goes on from now; a time that has its run gets no second one.`;
  await db.$write(async (tx) => {
    const { count } = await tx.schedule.updateMany({
      where: { id, lastSlot },
      data: {
        lastSlot: now,
        missed: left,
        missedSince: left === 0 || (missedSince !== null && missedSince > now) ? null : missedSince,
        updatedAt: now,
      },
    });
    await db.$requireOwnSchema(tx);
    if (count === 1) await raiseClockAlert(tx, { cause: `clock:slots:${id}`, sentence, at: now });
  });
  log.warn({ schedule: id, lastSlot, now }, "the clock was ahead; the schedule goes on from now");
}

/**
 * The slots up to now, from the first that was found missed on, that have no run: all that were missed are among them. Those
 * ahead of now cannot be taken off instead, for a slot that found its last run still under way has neither run nor been missed.
 */
async function countWithoutRun(db: Db, schedule: Schedule, now: Date): Promise<number> {
  const { id, missedSince } = schedule;
  if (missedSince === null || missedSince > now) return 0;
  const slots = [...slotsBetween(schedule, new Date(missedSince.getTime() - 1), now)].length;
  const runs = await db.jobRun.count({ where: { scheduleId: id, slot: { gte: missedSince, lte: now } } });
  // More runs than slots: the schedule had other times once.
  return Math.max(slots - runs, 0);
}
