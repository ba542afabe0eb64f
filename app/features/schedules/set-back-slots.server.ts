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
  const ahead = [...slotsBetween(schedule, now, lastSlot)].length;
  const ran = await db.jobRun.count({ where: { scheduleId: id, slot: { gt: now, lte: lastSlot } } });
  const left = Math.max(missed - (ahead - ran), 0);
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
