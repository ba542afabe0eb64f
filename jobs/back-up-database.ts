import { backUpDatabase } from "~/features/backups/back-up-database";
import { defineSchedule } from "~/features/schedules/schedule";

/** At night, before what removes old rows. */
export const backUpDatabaseSchedule = defineSchedule({
  id: "back-up-database",
  definition: backUpDatabase,
  payload: {},
  cron: "20 2 * * *",
  timeZone: "UTC",
});
