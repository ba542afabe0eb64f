import type { Check } from "~/features/monitoring/check";
import { backup } from "./backup.server";
import { clock } from "./clock.server";
import { coverage } from "./coverage.server";
import { database } from "./database.server";
import { disk } from "./disk.server";
import { groupAudit } from "./group-audit.server";
import { images } from "./images.server";
import { labelingProgress } from "./labeling-progress.server";
import { labelsFile } from "./labels-file.server";
import { missedSlots } from "./missed-slots.server";
import { models } from "./models.server";
import { ownerQuotas } from "./owner-quotas.server";
import { owners } from "./owners.server";
import { reconcile } from "./reconcile.server";
import { refusals } from "./refusals.server";
import { restoreRehearsal } from "./restore-rehearsal.server";
import { spend } from "./spend.server";
import { storage } from "./storage.server";
import { thumbnails } from "./thumbnails.server";
import { webhook } from "./webhook.server";
import { worker } from "./worker.server";

/** Every check, in the order in which pages show them. A new one is a file beside this one and a line here. */
export const checks: readonly Check[] = [
  asCheck(labelingProgress),
  asCheck(coverage),
  asCheck(images),
  asCheck(owners),
  asCheck(ownerQuotas),
  asCheck(groupAudit),
  asCheck(thumbnails),
  asCheck(storage),
  asCheck(reconcile),
  asCheck(missedSlots),
  asCheck(refusals),
  asCheck(spend),
  asCheck(models),
  asCheck(labelsFile),
  asCheck(worker),
  asCheck(clock),
  asCheck(disk),
  asCheck(database),
  asCheck(webhook),
  asCheck(backup),
  asCheck(restoreRehearsal),
];

/** As the runner uses every check alike: readings that it hands on were made, or parsed, by the check itself. */
function asCheck<Reading>(check: Check<Reading>): Check {
  return {
    ...check,
    judge: (reading, { at, earlier }) =>
      check.judge(check.reading.parse(reading), {
        at,
        earlier: earlier.map((one) => ({ ...one, reading: check.reading.parse(one.reading) })),
      }),
  };
}
