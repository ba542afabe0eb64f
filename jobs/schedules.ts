import { auditGroupsSchedule } from "./audit-groups.ts";
import { indexImagesSchedule } from "./index-images.ts";
import { removeOldItemsSchedule } from "./remove-old-items.ts";
import { thinSnapshotsSchedule } from "./thin-snapshots.ts";

/** Every scheduled job; a worker writes them to the database when it starts. */
export const schedules = [auditGroupsSchedule, indexImagesSchedule, removeOldItemsSchedule, thinSnapshotsSchedule];
