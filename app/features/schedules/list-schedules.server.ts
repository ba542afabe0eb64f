import { readRuns } from "~/features/job-runs/views/list-runs.server";
import type { RunView } from "~/features/job-runs/views/run-view";
import type { Clock } from "~/ports/clock.server";
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
  last: RunView | null;
};

/** Every schedule with its last run and its next slot, by title. */
export async function listSchedules(deps: { db: Db; clock: Clock }): Promise<ScheduleView[]> {
  const { db, clock } = deps;
  const now = clock.now();
  const [rows, newest] = await Promise.all([
    db.schedule.findMany({ orderBy: { title: "asc" } }),
    db.jobRun.groupBy({ by: ["scheduleId"], where: { scheduleId: { not: null } }, _max: { id: true } }),
  ]);
  const lastIds = new Map(newest.map(({ scheduleId, _max }) => [scheduleId, _max.id ?? 0]));
  const runs = await readRuns(deps, [...lastIds.values()]);
  return rows.map(({ id, title, cron, timeZone, enabled, missed, missedSince }) => ({
    id,
    title,
    cron,
    timeZone,
    enabled,
    missed,
    missedSince,
    next: enabled ? nextSlot({ cron, timeZone }, now) : null,
    last: runs.get(lastIds.get(id) ?? 0) ?? null,
  }));
}
