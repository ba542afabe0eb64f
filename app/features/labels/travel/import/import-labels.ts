import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { setLimits } from "~/features/job-runs/kinds/set-limits";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { labelOrigin } from "~/features/labels/travel/formats/label-line";
import { quote } from "~/quote";

/** A label as an item keeps it; nulls where there is none. */
const former = z.object({ value: z.string().nullable(), source: z.string().nullable(), rev: z.number().nullable() });
/** What it becomes; a null value: it is removed. */
const imported = z.object({
  value: z.string().nullable(),
  etag: z.string().nullable(),
  confidence: z.number().nullable(),
  folder: z.string().nullable(),
  origin: labelOrigin.nullable(),
});
export type ImportedLabel = z.infer<typeof imported>;

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
  describeState: describeStates(z.union([refused, imported, former]), (state) => {
    if ("problem" in state) return { skipped: state.problem };
    return state.value ?? "no label";
  }),
  ...setLimits,
  chunkSize: 100_000,
});
export type LabelImport = z.infer<typeof importLabels.payload>;
