import { rehearseRestore } from "~/features/backups/rehearse-restore";
import { defineSchedule } from "~/features/schedules/schedule";

/** Once a month, after the night's backup. */
export const rehearseRestoreSchedule = defineSchedule({
  id: "rehearse-restore",
  definition: rehearseRestore,
  payload: {},
  cron: "20 5 1 * *",
  timeZone: "UTC",
});
