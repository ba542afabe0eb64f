import { thinSnapshots } from "~/features/attribute-groups/snapshots/thin-snapshots";
import { defineSchedule } from "~/features/schedules/schedule";

/** At night, between two audits. */
export const thinSnapshotsSchedule = defineSchedule({
  id: "thin-snapshots",
  definition: thinSnapshots,
  payload: { days: 30 },
  cron: "40 3 * * *",
  timeZone: "UTC",
});
