import { removeOldItems } from "~/features/job-runs/retention/remove-old-items";
import { defineSchedule } from "~/features/schedules/schedule";

/** At night, when no one reads old runs. */
export const removeOldItemsSchedule = defineSchedule({
  id: "remove-old-items",
  definition: removeOldItems,
  payload: { days: 90 },
  cron: "20 3 * * *",
  timeZone: "UTC",
});
