import { mergeGroupsHandler } from "./attribute-groups/actions/merge-groups.server";
import { moveImagesHandler } from "./attribute-groups/actions/move-images.server";
import { quarantineObjectsHandler } from "./attribute-groups/actions/quarantine-objects.server";
import { renameGroupHandler } from "./attribute-groups/actions/rename-group.server";
import { setReferenceHandler } from "./attribute-groups/actions/set-reference.server";
import { auditGroupsHandler } from "./attribute-groups/audit/audit-groups.server";
import { thinSnapshotsHandler } from "./attribute-groups/snapshots/thin-snapshots.server";
import { indexImagesHandler } from "./images/index/index-images.server";
import { jobDefinitions } from "./job-definitions";
import type { JobDefinition } from "./job-runs/kinds/definition";
import type { JobHandler } from "./job-runs/kinds/handler";
import { toJobs } from "./job-runs/kinds/job";
import { removeOldItemsHandler } from "./job-runs/retention/remove-old-items.server";
import { labelRunHandler } from "./labeling/label-run.server";
import { backfillThumbnailsHandler } from "./thumbnails/backfill-thumbnails.server";

type Kind = keyof typeof jobDefinitions;
type PayloadOf<Definition> = Definition extends JobDefinition<string, infer Payload> ? Payload : never;

/** A kind without its handler is a type error here. */
const handlers: { [K in Kind]: JobHandler<PayloadOf<(typeof jobDefinitions)[K]>> } = {
  "index-images": indexImagesHandler,
  "audit-groups": auditGroupsHandler,
  "rename-group": renameGroupHandler,
  "merge-groups": mergeGroupsHandler,
  "move-images": moveImagesHandler,
  "quarantine-objects": quarantineObjectsHandler,
  "set-reference": setReferenceHandler,
  "backfill-thumbnails": backfillThumbnailsHandler,
  "label-run": labelRunHandler,
  "remove-old-items": removeOldItemsHandler,
  "thin-snapshots": thinSnapshotsHandler,
};

/** Every kind with its handler, for a process that carries out whatever comes. */
export const jobHandlers = toJobs([
  { definition: jobDefinitions["index-images"], handler: handlers["index-images"] },
  { definition: jobDefinitions["audit-groups"], handler: handlers["audit-groups"] },
  { definition: jobDefinitions["rename-group"], handler: handlers["rename-group"] },
  { definition: jobDefinitions["merge-groups"], handler: handlers["merge-groups"] },
  { definition: jobDefinitions["move-images"], handler: handlers["move-images"] },
  { definition: jobDefinitions["quarantine-objects"], handler: handlers["quarantine-objects"] },
  { definition: jobDefinitions["set-reference"], handler: handlers["set-reference"] },
  { definition: jobDefinitions["backfill-thumbnails"], handler: handlers["backfill-thumbnails"] },
  { definition: jobDefinitions["label-run"], handler: handlers["label-run"] },
  { definition: jobDefinitions["remove-old-items"], handler: handlers["remove-old-items"] },
  { definition: jobDefinitions["thin-snapshots"], handler: handlers["thin-snapshots"] },
]);
