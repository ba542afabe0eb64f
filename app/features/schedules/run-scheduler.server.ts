import { schedule as scheduleCron } from "node-cron";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Log } from "~/ports/log.server";
import { fireSlot } from "./fire-slot.server";
import { registerSchedules } from "./register-schedules.server";
import type { Schedule } from "./schedule";

/** Fires the schedules' slots until `signal` aborts. Every worker may do so: a slot makes one run. */
export async function startScheduler(
  deps: { db: Db; clock: Clock; log: Log },
  schedules: Schedule[],
  signal: AbortSignal,
): Promise<void> {
  await registerSchedules(deps, schedules);
  for (const schedule of schedules) {
    const fire = async (slot: Date) => {
      try {
        const outcome = await fireSlot(deps, schedule, slot);
        deps.log.info({ schedule: schedule.id, slot, ...outcome }, "slot");
      } catch (error) {
        deps.log.error({ err: error, schedule: schedule.id, slot }, "a slot could not be fired");
      }
    };
    const task = scheduleCron(schedule.cron, ({ date }) => fire(date), {
      name: schedule.id,
      timezone: schedule.timeZone,
      noOverlap: true,
    });
    signal.addEventListener("abort", () => void task.destroy(), { once: true });
  }
}
