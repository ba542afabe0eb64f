import type { Db } from "~/ports/db.server";
import { nextSlot } from "./cron.server";

export type ScheduleView = {
  id: string;
  title: string;
  cron: string;
  timeZone: string;
  enabled: boolean;
  next: Date | null;
  missed: number;
  missedSince: Date | null;
  /** Its newest run. */
  last: { runId: number; status: string; slot: Date | null; createdAt: Date } | null;
};

/** Every schedule with its last run and its next slot, by title. */
export async function listSchedules({ db }: { db: Db }): Promise<ScheduleView[]> {
  const rows = await db.schedule.findMany({ orderBy: { title: "asc" } });
  return Promise.all(
    rows.map(async ({ id, title, cron, timeZone, enabled, missed, missedSince }) => {
      const run = await db.jobRun.findFirst({
        where: { scheduleId: id },
        orderBy: { id: "desc" },
        select: { id: true, status: true, slot: true, createdAt: true },
      });
      return {
        id,
        title,
        cron,
        timeZone,
        enabled,
        missed,
        missedSince,
        next: enabled ? nextSlot({ cron, timeZone }) : null,
        last: run && { runId: run.id, status: run.status, slot: run.slot, createdAt: run.createdAt },
      };
    }),
  );
}
