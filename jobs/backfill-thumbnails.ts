import { isInHand } from "~/features/job-runs/views/is-in-hand.server";
import { defineSchedule } from "~/features/schedules/schedule";
import { backfillThumbnails, failedSince } from "~/features/thumbnails/backfill-thumbnails";
import { isThumbnailDue } from "~/features/thumbnails/missing-thumbnails.sql.server";

/** What the store refuses or a worker dies of is tried once a day, so that it makes no run each half hour for ever. */
const payload = { force: false, retryAfterHours: 24 };

/** Every half hour, between an index run and the next: what came since then gets its thumbnail. */
export const backfillThumbnailsSchedule = defineSchedule({
  id: "backfill-thumbnails",
  definition: backfillThumbnails,
  payload,
  cron: "20,50 * * * *",
  timeZone: "UTC",
  // One that somebody started makes them already.
  isDue: async ({ db, clock }) =>
    !(await isInHand(db, backfillThumbnails.kind)) &&
    isThumbnailDue(db, { failedSince: failedSince(clock.now(), payload) }),
});
