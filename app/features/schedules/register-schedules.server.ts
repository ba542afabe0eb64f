import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { slotsBetween } from "./cron.server";
import type { Schedule } from "./schedule";

/**
 * Writes the schedules of this version of the code to the database, removes those it no longer has, and counts the
 * slots that passed while no worker ran. Called when a worker starts.
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
      const row = await tx.schedule.upsert({
        where: { id },
        create: { id, ...facts, lastSlot: now, updatedAt: now },
        update: facts,
      });
      const missed = row.enabled ? slotsBetween(row, row.lastSlot, now) : [];
      const [first] = missed;
      const last = missed.at(-1);
      if (!first || !last) continue;
      await tx.schedule.update({
        where: { id },
        data: {
          lastSlot: last,
          missed: { increment: missed.length },
          missedSince: row.missedSince ?? first,
          updatedAt: now,
        },
      });
    }
    await db.$requireOwnSchema(tx);
  });
}
