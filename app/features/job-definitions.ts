import { groupActions } from "./attribute-groups/actions/group-actions";
import { auditGroups } from "./attribute-groups/audit/audit-groups";
import { thinSnapshots } from "./attribute-groups/snapshots/thin-snapshots";
import { indexImages } from "./images/index/index-images";
import { removeOldItems } from "./job-runs/retention/remove-old-items";
import { labelRun } from "./labeling/label-run";
import { backfillThumbnails } from "./thumbnails/backfill-thumbnails";

/** Every kind of work, light enough for pages; job-handlers.server.ts holds who does it. */
export const jobDefinitions = {
  "index-images": indexImages,
  "audit-groups": auditGroups,
  ...groupActions,
  "backfill-thumbnails": backfillThumbnails,
  "label-run": labelRun,
  "remove-old-items": removeOldItems,
  "thin-snapshots": thinSnapshots,
};
