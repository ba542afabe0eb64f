import { z } from "zod";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { retentionLimits } from "./retention-limits";

/** Retention: the items of runs that ended long ago go, their tallies and their place in the audit log stay. */
export const removeOldItems = defineJob({
  kind: "remove-old-items",
  title: "Remove old run items",
  payload: z.strictObject({
    /** Age of a run's end at which its items go: UNDO_DAYS. */
    days: z.int().positive(),
  }),
  ...retentionLimits,
  guard: null,
  describeState: describeStates(
    z.object({ removed: z.number() }),
    ({ removed }) => `${plural(removed, "item")} removed`,
  ),
});
