import { z } from "zod";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { retentionLimits } from "~/features/job-runs/retention/retention-limits";

/** Retention: of old snapshots one a day stays, and listings that no snapshot names go. Its items are roots. */
export const thinSnapshots = defineJob({
  kind: "thin-snapshots",
  title: "Thin old audits",
  payload: z.strictObject({
    /** Age at which a root's snapshots are thinned: 30 days. */
    days: z.int().positive(),
  }),
  ...retentionLimits,
  guard: null,
  describeState: describeStates(
    z.object({ snapshots: z.number(), listings: z.number() }),
    ({ snapshots, listings }) => `${plural(snapshots, "audit")} and ${plural(listings, "listing")} removed`,
  ),
});
