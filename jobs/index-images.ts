import { indexImages } from "~/features/images/index/index-images";
import { defineSchedule } from "~/features/schedules/schedule";

/** Lists the whole bucket, so once an hour, beside the audits. */
export const indexImagesSchedule = defineSchedule({
  id: "index-images",
  definition: indexImages,
  payload: { prefix: "" },
  cron: "10 * * * *",
  timeZone: "UTC",
});
