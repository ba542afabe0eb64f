import { defineSchedule } from "~/features/schedules/schedule";
import { thinStorage } from "~/features/storage-totals/thin/thin-storage";

/** At night, once the day's snapshot has been taken. */
export const thinStorageSchedule = defineSchedule({
  id: "thin-storage",
  definition: thinStorage,
  payload: { days: 90 },
  cron: "50 3 * * *",
  timeZone: "UTC",
});
