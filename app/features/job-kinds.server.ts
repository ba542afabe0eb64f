import { sendAlerts, testWebhook } from "./alert-webhook/send-alerts";
import { sendAlertsHandler, testWebhookHandler } from "./alert-webhook/send-alerts.server";
import { groupActionJobs } from "./attribute-groups/actions/group-action-jobs.server";
import { auditGroups } from "./attribute-groups/audit/audit-groups";
import { auditGroupsHandler } from "./attribute-groups/audit/audit-groups.server";
import { thinSnapshots } from "./attribute-groups/snapshots/thin-snapshots";
import { thinSnapshotsHandler } from "./attribute-groups/snapshots/thin-snapshots.server";
import { backUpDatabase } from "./backups/back-up-database";
import { backUpDatabaseHandler } from "./backups/back-up-database.server";
import { rehearseRestore } from "./backups/rehearse-restore";
import { rehearseRestoreHandler } from "./backups/rehearse-restore.server";
import { convertImages } from "./conversion/convert-images";
import { convertImagesHandler } from "./conversion/convert-images.server";
import { removeOriginals } from "./conversion/originals/remove-originals";
import { removeOriginalsHandler } from "./conversion/originals/remove-originals.server";
import { removeImages, removeImagesHandler } from "./duplicates/remove/remove-images.server";
import { findDuplicates } from "./duplicates/search/find-duplicates";
import { findDuplicatesHandler } from "./duplicates/search/find-duplicates.server";
import { everyAlertKind } from "./every-alert-kind";
import { importGenerations } from "./generations/import/import-generations";
import { importGenerationsHandler } from "./generations/import/import-generations.server";
import { indexImages } from "./images/index/index-images";
import { indexImagesHandler } from "./images/index/index-images.server";
import { ingestImages } from "./ingest/ingest-images";
import { ingestImagesHandler } from "./ingest/ingest-images.server";
import { type Jobs, pair, toJobs } from "./job-runs/kinds/job";
import { removeOldItems } from "./job-runs/retention/remove-old-items";
import { removeOldItemsHandler } from "./job-runs/retention/remove-old-items.server";
import { labelImage } from "./labeling/asking/label-image.server";
import { labelRun } from "./labeling/label-run";
import { pilotLabelRun } from "./labeling/pilot/pilot";
import { pilotHandler } from "./labeling/pilot/pilot.server";
import { planLabelRun } from "./labeling/plan-label-run.server";
import { promoteLabels } from "./labels/promote/promote-labels";
import { promoteLabelsHandler } from "./labels/promote/promote-labels.server";
import { setLabels } from "./labels/set/set-labels";
import { setLabelsHandler } from "./labels/set/set-labels.server";
import { importLabels } from "./labels/travel/import/import-labels";
import { importLabelsHandler } from "./labels/travel/import/import-labels.server";
import { checks } from "./monitoring/checks/registry.server";
import { runChecks } from "./monitoring/run-checks/run-checks";
import { runChecksHandler } from "./monitoring/run-checks/run-checks.server";
import { thinChecks } from "./monitoring/thin-checks/thin-checks";
import { thinChecksHandler } from "./monitoring/thin-checks/thin-checks.server";
import { importOwners } from "./owners/import/import-owners";
import { importOwnersHandler } from "./owners/import/import-owners.server";
import { mergeOwners, mergeOwnersHandler } from "./owners/merge/merge-owners.server";
import { reassignOwner } from "./owners/reassign/reassign-owner";
import { reassignOwnerHandler } from "./owners/reassign/reassign-owner.server";
import { rekeyOwner } from "./owners/reassign/rekey-owner";
import { rekeyOwnerHandler } from "./owners/reassign/rekey-owner.server";
import { snapshotStorage } from "./storage-totals/count/snapshot-storage";
import { snapshotStorageHandler } from "./storage-totals/count/snapshot-storage.server";
import { thinStorage } from "./storage-totals/thin/thin-storage";
import { thinStorageHandler } from "./storage-totals/thin/thin-storage.server";
import { backfillThumbnails } from "./thumbnails/backfill-thumbnails";
import { backfillThumbnailsHandler } from "./thumbnails/backfill-thumbnails.server";
import { removeOrphanedThumbnails } from "./thumbnails/orphans/remove-orphaned-thumbnails";
import { removeOrphanedThumbnailsHandler } from "./thumbnails/orphans/remove-orphaned-thumbnails.server";

/** Every kind of work, once: the worker, scripts, schedules and pages (by their loaders) know the kinds from here. */
export const jobKinds: Jobs = toJobs([
  pair(indexImages, indexImagesHandler),
  pair(auditGroups, auditGroupsHandler),
  ...groupActionJobs,
  pair(backfillThumbnails, backfillThumbnailsHandler),
  pair(removeOrphanedThumbnails, removeOrphanedThumbnailsHandler),
  pair(reassignOwner, reassignOwnerHandler),
  pair(rekeyOwner, rekeyOwnerHandler),
  pair(mergeOwners, mergeOwnersHandler),
  pair(importOwners, importOwnersHandler),
  pair(importGenerations, importGenerationsHandler),
  pair(ingestImages, ingestImagesHandler),
  pair(findDuplicates, findDuplicatesHandler),
  pair(removeImages, removeImagesHandler),
  pair(convertImages, convertImagesHandler),
  pair(removeOriginals, removeOriginalsHandler),
  pair(promoteLabels, promoteLabelsHandler),
  pair(importLabels, importLabelsHandler),
  pair(setLabels, setLabelsHandler),
  pair(labelRun, { plan: planLabelRun, apply: labelImage }),
  pair(pilotLabelRun, pilotHandler),
  pair(removeOldItems, removeOldItemsHandler),
  pair(thinSnapshots, thinSnapshotsHandler),
  pair(snapshotStorage, snapshotStorageHandler),
  pair(thinStorage, thinStorageHandler),
  pair(runChecks, runChecksHandler(checks)),
  pair(thinChecks, thinChecksHandler),
  pair(
    sendAlerts,
    sendAlertsHandler(() => everyAlertKind(jobKinds)),
  ),
  pair(testWebhook, testWebhookHandler),
  pair(backUpDatabase, backUpDatabaseHandler),
  pair(rehearseRestore, rehearseRestoreHandler),
]);
