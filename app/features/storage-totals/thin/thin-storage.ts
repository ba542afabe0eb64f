import { z } from "zod";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { retentionLimits } from "~/features/job-runs/retention/retention-limits";

/**
 * Retention: of old snapshots the last of each week stays, and articles are kept of the newest alone. An item is one
 * snapshot.
 */
export const thinStorage = defineJob({
  kind: "thin-storage",
  title: "Thin storage snapshots",
  payload: z.strictObject({
    /** Age from which only one snapshot a week is kept: 90 days. */
    days: z.int().positive(),
  }),
  ...retentionLimits,
  guard: null,
  describeState: describeStates(z.object({ totals: z.number() }), ({ totals }) => `${plural(totals, "total")} removed`),
});
