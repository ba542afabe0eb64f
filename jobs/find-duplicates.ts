import { findDuplicates } from "~/features/duplicates/search/find-duplicates";
import { defineSchedule } from "~/features/schedules/schedule";

/** At night: it looks at every image. */
export const findDuplicatesSchedule = defineSchedule({
  id: "find-duplicates",
  definition: findDuplicates,
  payload: {},
  cron: "50 4 * * *",
  timeZone: "UTC",
});
