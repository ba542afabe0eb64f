import { auditGroupsSchedule } from "./audit-groups.ts";
import { indexImagesSchedule } from "./index-images.ts";
import { removeOldItemsSchedule } from "./remove-old-items.ts";

/** Every scheduled job; a worker writes them to the database when it starts. */
export const schedules = [auditGroupsSchedule, indexImagesSchedule, removeOldItemsSchedule];
