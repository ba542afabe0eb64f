import { auditGroupsSchedule } from "./audit-groups";
import { indexImagesSchedule } from "./index-images";
import { removeOldItemsSchedule } from "./remove-old-items";
import { runChecksSchedule } from "./run-checks";
import { thinChecksSchedule } from "./thin-checks";
import { thinSnapshotsSchedule } from "./thin-snapshots";

/** Every scheduled job; a worker writes them to the database when it starts. */
export const schedules = [
  auditGroupsSchedule,
  indexImagesSchedule,
  removeOldItemsSchedule,
  runChecksSchedule,
  thinChecksSchedule,
  thinSnapshotsSchedule,
];
