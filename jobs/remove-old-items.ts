import { removeOldItems } from "../app/features/job-runs/remove-old-items.ts";
import { defineSchedule } from "../app/features/schedules/schedule.ts";

/** At night, when nobody reads old runs. */
export const removeOldItemsSchedule = defineSchedule({
  id: "remove-old-items",
  definition: removeOldItems,
  payload: { days: 90 },
  cron: "20 3 * * *",
  timeZone: "UTC",
});
