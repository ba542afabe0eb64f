import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Schedule } from "./schedule";

/**
 * Writes the schedules of this version of the code to the database, and removes those it no longer has. Called when a worker
 * starts.
 * @throws DatabaseNotReady when another version has migrated the database: its schedules are not ours to remove
 */
export async function registerSchedules({ db, clock }: { db: Db; clock: Clock }, schedules: Schedule[]): Promise<void> {
  const now = clock.now();
  await db.$write(async (tx) => {
    await tx.schedule.deleteMany({ where: { id: { notIn: schedules.map((schedule) => schedule.id) } } });
    for (const { id, definition, payload, cron, timeZone } of schedules) {
      const facts = {
        kind: definition.kind,
        title: definition.title,
        payload: JSON.stringify(payload),
        cron,
        timeZone,
      };
      await tx.schedule.upsert({
        where: { id },
        create: { id, ...facts, lastSlot: now, updatedAt: now },
        update: facts,
      });
    }
    await db.$requireOwnSchema(tx);
  });
}
