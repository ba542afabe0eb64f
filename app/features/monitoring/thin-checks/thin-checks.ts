import { z } from "zod";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { retentionLimits } from "~/features/job-runs/retention/retention-limits";

/** Retention: of old measurements the last of each day stays, so that charts reach back for good. */
export const thinChecks = defineJob({
  kind: "thin-checks",
  title: "Thin measurements",
  payload: z.strictObject({
    /** Age from which only one measurement a day is kept: 30 days. */
    days: z.int().positive(),
  }),
  ...retentionLimits,
  guard: null,
  describeState: describeStates(
    z.object({ measurements: z.number() }),
    ({ measurements }) => `${plural(measurements, "measurement")} removed`,
  ),
});
