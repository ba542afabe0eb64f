import type { Actor } from "~/features/audit-log/record-event";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { ALIKE_AT_FIRST } from "~/features/job-runs/pausing/pause-if-alike.server";
import { recordRunEvent } from "~/features/job-runs/run-events";
import { finalStatuses } from "~/features/job-runs/status";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import type { Schedule } from "./schedule";

type Deps = { db: Db; clock: Clock };

/**
 * Starts the run of one slot, once however many schedulers fire it. A disabled schedule makes none, one whose last
 * run is not over skips the slot, and so does one that has nothing to do. A last run that paused itself is cancelled: the new one looks whether its cause has gone,
 * where the paused one would have stopped the schedule until someone came. One that a person paused stays.
 * @param due.slot the cron tick's own date
 * @param due.after the last slot that was accounted for when this one was found due. Where it is another one now, nothing is
 *   fired: the clock may have been set back meanwhile, and what lies between would be accounted for by no one.
 */
export async function fireSlot(
  { db, clock }: Deps,
  schedule: Schedule,
  { slot, after }: { slot: Date; after: Date },
): Promise<{ runId: number } | { skipped: SkipReason }> {
  const { id, definition, payload } = schedule;
  if (schedule.isDue && !(await schedule.isDue({ db, clock }))) {
    await db.schedule.updateMany({ where: { id, enabled: true, lastSlot: after }, data: { lastSlot: slot } });
    return { skipped: "nothing-due" };
  }
  const actor: Actor = { id: `schedule:${id}`, name: `Schedule ${definition.title}` };
  try {
    return await startRun({ db, clock }, definition, {
      payload,
      actor,
      autoApply: true,
      slot: { scheduleId: id, at: slot },
      within: (tx, runId) => takeSlot(tx, { id, actor, slot, after, runId, now: clock.now() }),
    });
  } catch (error) {
    const reason = isTaken(error) ? "fired" : error instanceof SlotSkipped ? error.reason : null;
    if (reason === null) throw error;
    // Accounted for, so that it is not called missed; a slot of a time that the clock sees again was fired before.
    if (reason !== "disabled") {
      await db.schedule.updateMany({ where: { id, lastSlot: after }, data: { lastSlot: slot } });
    }
    return { skipped: reason };
  }
}

type SkipReason = "disabled" | "fired" | "still-running" | "nothing-due";

/** The database has a run of this schedule and slot: its unique index says so. */
const isTaken = (error: unknown) => error instanceof Error && "code" in error && error.code === "P2002";

/** Takes the new run back: its transaction ends with this. */
class SlotSkipped extends Error {
  override name = "SlotSkipped";
  constructor(readonly reason: SkipReason) {
    super(reason);
  }
}

/** Moves the schedule past the slot together with the run's row: whoever commits first has it. */
async function takeSlot(tx: Tx, due: { id: string; actor: Actor; slot: Date; after: Date; runId: number; now: Date }) {
  const { id, actor, slot, after, runId, now } = due;
  const { count } = await tx.schedule.updateMany({
    where: { id, enabled: true, lastSlot: after },
    data: { lastSlot: slot, updatedAt: now },
  });
  if (count === 0) {
    const row = await tx.schedule.findUnique({ where: { id }, select: { enabled: true } });
    throw new SlotSkipped(row?.enabled ? "fired" : "disabled");
  }
  await inheritLimit(tx, id, runId);
  const unfinished = await tx.jobRun.findMany({
    where: { scheduleId: id, id: { not: runId }, status: { notIn: [...finalStatuses] } },
    select: { id: true, title: true, pauseReason: true },
  });
  if (unfinished.some(({ pauseReason }) => pauseReason === null)) throw new SlotSkipped("still-running");
  for (const { id: paused, title } of unfinished) {
    await tx.jobRun.update({
      where: { id: paused },
      data: { status: "cancelled", finishedAt: now, pauseReason: null },
    });
    const detail = { reason: `It had paused itself, and run ${runId} takes its place.` };
    await recordRunEvent(tx, { at: now, actor, runId: paused, title, verb: "cancel", detail });
  }
}

/**
 * Where the last run failed so many items that they would pause this one too, it goes as far as that one was allowed to:
 * else the same first failures would stop every slot before the items behind them.
 */
async function inheritLimit(tx: Tx, scheduleId: string, runId: number) {
  const last = await tx.jobRun.findFirst({
    where: { scheduleId, id: { lt: runId } },
    orderBy: { id: "desc" },
    select: { id: true, alikeLimit: true },
  });
  if (!last) return;
  const { _sum } = await tx.jobChunk.aggregate({ where: { runId: last.id }, _sum: { failed: true } });
  if ((_sum.failed ?? 0) < ALIKE_AT_FIRST) return;
  await tx.jobRun.update({ where: { id: runId }, data: { alikeLimit: last.alikeLimit } });
}
