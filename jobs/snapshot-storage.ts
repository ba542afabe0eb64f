import { isInHand } from "~/features/job-runs/views/is-in-hand.server";
import { defineSchedule } from "~/features/schedules/schedule";
import { snapshotStorage } from "~/features/storage-totals/count/snapshot-storage";

/** Once a night: it lists the whole bucket, as the index does each hour. */
export const snapshotStorageSchedule = defineSchedule({
  id: "snapshot-storage",
  definition: snapshotStorage,
  payload: { versions: false },
  cron: "0 3 * * *",
  timeZone: "UTC",
  // Two at once would remove each other's beginnings.
  isDue: async ({ db }) => !(await isInHand(db, snapshotStorage.kind)),
});
