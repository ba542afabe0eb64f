import { defineSchedule } from "~/features/schedules/schedule";
import { snapshotStorage } from "~/features/storage-totals/count/snapshot-storage";

/** Once a night: it lists the whole bucket, as the index does each hour. */
export const snapshotStorageSchedule = defineSchedule({
  id: "snapshot-storage",
  definition: snapshotStorage,
  payload: { versions: false },
  cron: "0 3 * * *",
  timeZone: "UTC",
});
