import { isInHand } from "~/features/job-runs/views/is-in-hand.server";
import { defineSchedule } from "~/features/schedules/schedule";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { isThumbnailDue } from "~/features/thumbnails/missing-thumbnails.sql.server";

/** Every half hour, between an index run and the next: what came since then gets its thumbnail. */
export const backfillThumbnailsSchedule = defineSchedule({
  id: "backfill-thumbnails",
  definition: backfillThumbnails,
  payload: { force: false },
  cron: "20,50 * * * *",
  timeZone: "UTC",
  // One that somebody started makes them already.
  isDue: async ({ db }) => !(await isInHand(db, backfillThumbnails.kind)) && isThumbnailDue(db),
});
