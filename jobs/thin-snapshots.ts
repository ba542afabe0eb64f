import { thinSnapshots } from "../app/features/attribute-groups/snapshots/thin-snapshots.ts";
import { defineSchedule } from "../app/features/schedules/schedule.ts";

/** At night, between two audits. */
export const thinSnapshotsSchedule = defineSchedule({
  id: "thin-snapshots",
  definition: thinSnapshots,
  payload: { days: 30 },
  cron: "40 3 * * *",
  timeZone: "UTC",
});
