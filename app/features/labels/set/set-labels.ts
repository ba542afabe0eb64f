import { z } from "zod";
import { attributeWords } from "~/features/attribute-words";
import { imageSelection } from "~/features/images/query/image-selection";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeLabels } from "~/features/labels/label-state";
import { quote } from "~/quote";

/** Labels the images of a selection as a person says, or removes their labels. */
export const setLabels = defineJob({
  kind: "set-labels",
  title: "Set labels",
  payload: z.strictObject({
    /** Relative dates of a query are those of the moment at which the run was started. */
    selection: imageSelection,
    attribute: z.string().min(1),
    /** Null: without a label. */
    value: z.string().min(1).nullable(),
  }),
  describe: ({ attribute, value }) =>
    value === null
      ? `Remove labels of ${attributeWords(attribute)}`
      : `Set ${attributeWords(attribute)} to ${quote(value)}`,
  // Two plans over the same images may stand beside each other: the second skips what the first has changed.
  guard: null,
  describeState: describeLabels,
  lane: "interactive",
  chunkSize: 1_000_000,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 1, baseMs: 1_000, maxMs: 1_000 },
  itemTimeoutMs: 60_000,
});

export type LabelSetting = z.infer<typeof setLabels.payload>;
