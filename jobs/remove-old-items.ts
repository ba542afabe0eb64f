import { removeOldItems } from "~/features/job-runs/retention/remove-old-items";
import { UNDO_DAYS } from "~/features/job-runs/retention/undo-window";
import { defineSchedule } from "~/features/schedules/schedule";

/** At night, when no one reads old runs. */
export const removeOldItemsSchedule = defineSchedule({
  id: "remove-old-items",
  definition: removeOldItems,
  payload: { days: UNDO_DAYS },
  cron: "20 3 * * *",
  timeZone: "UTC",
});
