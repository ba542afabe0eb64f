import { z } from "zod";
import { describeStates } from "~/features/job-runs/kinds/state-words";

/** Where a label comes from. */
export const labelSource = z.enum(["person", "model", "import"]);
export type LabelSource = z.infer<typeof labelSource>;

/**
 * What one attribute of an image is labeled as, in an item of a run. `rev` is the label's; where there is none that of its
 * last former one, 0 if there never was any: so that nothing that happened in between goes unseen.
 */
export const labelState = z.object({
  value: z.string().nullable(),
  source: labelSource.nullable(),
  rev: z.number(),
  /** The image's, where the value shall be said of just its present bytes. */
  etag: z.string().optional(),
  /** Of an undo: the former label, by its rev, as which it shall be again. */
  from: z.number().optional(),
});
export type LabelState = z.infer<typeof labelState>;

const sourceWords: Record<LabelSource, string> = { person: "by a person", model: "by the model", import: "imported" };

/** “cool, by a person”; “no label”. */
export const labelWords = ({ value, source }: Pick<LabelState, "value" | "source">): string =>
  value === null ? "no label" : `${value}${source ? `, ${sourceWords[source]}` : ""}`;

/** How kinds that change labels tell what their items were and became. */
export const describeLabels = describeStates(labelState, labelWords);
