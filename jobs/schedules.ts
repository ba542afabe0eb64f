import { auditGroupsSchedule } from "./audit-groups";
import { backUpDatabaseSchedule } from "./back-up-database";
import { backfillThumbnailsSchedule } from "./backfill-thumbnails";
import { findDuplicatesSchedule } from "./find-duplicates";
import { indexImagesSchedule } from "./index-images";
import { rehearseRestoreSchedule } from "./rehearse-restore";
import { removeOldItemsSchedule } from "./remove-old-items";
import { runChecksSchedule } from "./run-checks";
import { snapshotStorageSchedule } from "./snapshot-storage";
import { thinChecksSchedule } from "./thin-checks";
import { thinSnapshotsSchedule } from "./thin-snapshots";
import { thinStorageSchedule } from "./thin-storage";

/** Every scheduled job; a worker writes them to the database when it starts. */
export const schedules = [
  auditGroupsSchedule,
  backUpDatabaseSchedule,
  backfillThumbnailsSchedule,
  findDuplicatesSchedule,
  indexImagesSchedule,
  rehearseRestoreSchedule,
  removeOldItemsSchedule,
  runChecksSchedule,
  snapshotStorageSchedule,
  thinChecksSchedule,
  thinSnapshotsSchedule,
  thinStorageSchedule,
];
