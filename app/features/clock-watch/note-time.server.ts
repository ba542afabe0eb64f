import { exactTime } from "~/features/format";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { raiseClockAlert } from "./clock-alerts.server";

/** The one row of marks. */
const MARK = { id: 1 };
/** No one can tell an absence so long from a clock that was set. What is removed by its age is kept for a month or more. */
const LEAP_MS = 24 * 60 * 60 * 1_000;

export const LEAP = "clock:leap";

/**
 * Notes what the clock says. If that is more than a day after what it said when a worker last looked, it was set forward, or no
 * worker has run since: an alert says so, until someone has looked at the clock.
 */
export async function noteTime({ db, clock }: { db: Db; clock: Clock }): Promise<void> {
  const now = clock.now();
  const withinADay = { gte: new Date(now.getTime() - LEAP_MS) };
  await db.$write(async (tx) => {
    const { count } = await tx.clockMark.updateMany({ where: { ...MARK, at: withinADay }, data: { at: now } });
    if (count > 0) return;
    const last = await tx.clockMark.findUnique({ where: MARK });
    await tx.clockMark.upsert({ where: MARK, create: { ...MARK, at: now }, update: { at: now } });
    if (!last) return;
    const sentence = `The clock says ${exactTime(now)}; when a worker last looked, it said ${exactTime(last.at)}. Either no worker ran in between, or the clock was set. Until someone acknowledges this, nothing is removed by age. Check the clock first.`;
    await raiseClockAlert(tx, { cause: LEAP, sentence, at: now });
  });
}
