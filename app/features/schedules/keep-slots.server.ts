import { isRestoreOpen } from "~/features/restore/is-restore-open.server";
import type { Clock } from "~/ports/clock.server";
import type { Db, Schedule as ScheduleRow } from "~/ports/db.server";
import type { Log } from "~/ports/log.server";
import { slotsBetween } from "./cron.server";
import { fireSlot } from "./fire-slot.server";
import type { Schedule } from "./schedule";
import { setBackSlots } from "./set-back-slots.server";

type Deps = { db: Db; clock: Clock; log: Log };
type Due = { slot: Date; after: Date };

/** A slot is run if a worker comes to it so soon; after that it has been missed. */
const FRESH_MS = 60_000;
/** Slots that are worked out at once: between two such stretches, everything else of this process has its turn. */
const SLOTS_AT_ONCE = 500;

/**
 * Accounts for the slots of a schedule that have come since the last one: the newest is fired if it came just now, those
 * before it are counted as missed. It goes by the database and the clock alone, so that it makes no difference why no one
 * looked for a while (the process was stopped, the machine slept, the clock was set).
 * @returns the slots that were found missed; for tests
 */
export async function keepSlots(deps: Deps, schedule: Schedule): Promise<Date[]> {
  const { missed, fresh } = await countMissed(deps, schedule.id);
  const [since] = missed;
  if (since) deps.log.warn({ schedule: schedule.id, missed: missed.length, since }, "slots passed that no worker ran");
  // One that is held back is missed a minute later.
  if (fresh && !(await isRestoreOpen(deps.db))) {
    const outcome = await fireSlot(deps, schedule, fresh);
    deps.log.info({ schedule: schedule.id, slot: fresh.slot, ...outcome }, "slot");
  }
  return missed;
}

/** Counts the slots of an enabled schedule as missed that have come and gone since the last one; a fresh one is left to be fired. */
async function countMissed(deps: Deps, id: string): Promise<{ missed: Date[]; fresh: Due | null }> {
  const { db, clock } = deps;
  const missed: Date[] = [];
  for (;;) {
    const row = await db.schedule.findUnique({ where: { id } });
    if (!row?.enabled) return { missed, fresh: null };
    const now = clock.now();
    // One that came a moment ago may have been fired by a worker whose clock is read a moment later.
    if (row.lastSlot.getTime() > now.getTime() + FRESH_MS) {
      await setBackSlots(deps, row, now);
      continue;
    }
    const slots = take(slotsBetween(row, row.lastSlot, now), SLOTS_AT_ONCE);
    const gone = slots.filter((slot, at) => at < slots.length - 1 || slot.getTime() < now.getTime() - FRESH_MS);
    const last = gone.at(-1);
    if (!last) return { missed, fresh: slots[0] ? { slot: slots[0], after: row.lastSlot } : null };
    missed.push(...(await record(deps, row, gone, last)));
  }
}

/** Where another worker was quicker, it has counted them. */
async function record({ db, clock }: Deps, row: ScheduleRow, gone: Date[], last: Date): Promise<Date[]> {
  const { id, lastSlot } = row;
  // Those of a time that the clock has seen before have their runs.
  const runs = await db.jobRun.findMany({
    where: { scheduleId: id, slot: { gt: lastSlot, lte: last } },
    select: { slot: true },
  });
  const ran = new Set(runs.map(({ slot }) => slot?.getTime()));
  const missed = gone.filter((slot) => !ran.has(slot.getTime()));
  return db.$write(async (tx) => {
    const { count } = await tx.schedule.updateMany({
      where: { id, lastSlot, enabled: true },
      data: {
        lastSlot: last,
        missed: { increment: missed.length },
        missedSince: row.missedSince ?? missed[0] ?? null,
        updatedAt: clock.now(),
      },
    });
    await db.$requireOwnSchema(tx);
    return count === 1 ? missed : [];
  });
}

function take<Item>(items: Iterable<Item>, most: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === most) break;
  }
  return taken;
}
