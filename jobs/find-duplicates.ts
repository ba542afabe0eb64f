import { findDuplicates } from "~/features/duplicates/search/find-duplicates";
import { isInHand } from "~/features/job-runs/views/is-in-hand.server";
import { defineSchedule } from "~/features/schedules/schedule";

/** At night: it looks at every image. */
export const findDuplicatesSchedule = defineSchedule({
  id: "find-duplicates",
  definition: findDuplicates,
  payload: {},
  cron: "50 4 * * *",
  timeZone: "UTC",
  // Two at once would remove each other's beginnings.
  isDue: async ({ db }) => !(await isInHand(db, findDuplicates.kind)),
});
