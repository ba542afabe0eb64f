import { indexImages } from "../app/features/images/index-images.ts";
import { defineSchedule } from "../app/features/schedules/schedule.ts";

/** Lists the whole bucket, so once an hour, beside the audits. */
export const indexImagesSchedule = defineSchedule({
  id: "index-images",
  definition: indexImages,
  payload: { prefix: "" },
  cron: "10 * * * *",
  timeZone: "UTC",
});
