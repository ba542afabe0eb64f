import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { setLimits } from "~/features/job-runs/kinds/set-limits";
import { describeLabels } from "~/features/labels/label-state";
import { quote } from "~/quote";

/** What of a file does not go in, and why. */
const refused = z.object({ problem: z.string() });

/** Brings the labels of a file into the database, each with where it came from. */
export const importLabels = defineJob({
  kind: "import-labels",
  title: "Import labels",
  payload: z.strictObject({
    /** The lines, as they were left in the database; null: the run reads labels/personas.json itself. */
    importId: z.number().int().positive().nullable(),
    source: z.string(),
    /** Labels of people with another value are replaced, too. */
    overPerson: z.boolean(),
  }),
  describe: ({ source }) => `Import labels from ${quote(source)}`,
  // Each item looks whether its label is still as the plan saw it.
  guard: null,
  describeState(state, of) {
    const { success, data } = refused.safeParse(state);
    return success ? { skipped: data.problem } : describeLabels(state, of);
  },
  ...setLimits,
  chunkSize: 100_000,
});
export type LabelImport = z.infer<typeof importLabels.payload>;
