import { setTimeout as sleep } from "node:timers/promises";
import { noteTime } from "~/features/clock-watch/note-time.server";
import { endOnOtherSchema } from "~/features/end-on-other-schema.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Log } from "~/ports/log.server";
import { keepSlots } from "./keep-slots.server";
import { registerSchedules } from "./register-schedules.server";
import type { Schedule } from "./schedule";

const LOOK_MS = 1_000;
const NOTE_MS = 60_000;

/**
 * Fires the schedules' slots until `signal` aborts. Every worker may do so: a slot makes one run. It looks every second for
 * slots that have come, and waits for none: a timer until the next one is wrong as soon as the machine sleeps or its clock is set.
 * @throws DatabaseNotReady when another version has migrated the database
 */
export async function runScheduler(
  deps: { db: Db; clock: Clock; log: Log },
  schedules: Schedule[],
  signal: AbortSignal,
): Promise<void> {
  const careful = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      await endOnOtherSchema(deps.db);
      deps.log.error({ err: error }, what);
    }
  };
  await careful("the time could not be noted", () => noteTime(deps));
  await registerSchedules(deps, schedules);
  for (let notedAt = performance.now(); !signal.aborted; ) {
    for (const schedule of schedules) {
      await careful(`the slots of ${schedule.id} could not be looked at`, () => keepSlots(deps, schedule));
    }
    if (performance.now() - notedAt > NOTE_MS) {
      notedAt = performance.now();
      await careful("the time could not be noted", () => noteTime(deps));
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}
