import { z } from "zod";
import { imageSelection } from "~/features/images/query/image-selection";
import { selectionInWords } from "~/features/images/query/image-words";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { describeAttributes } from "~/features/label-schema/label-schema";
import { requireNoPilot } from "./pilot/pilot-guards";

/** How long an attempt goes on waiting for its turn at a model whose quota of a minute is used up. */
export const LONGEST_TURN_MS = 5 * 60_000;

const common = {
  /** `unanswered` leaves out images about which this very prompt was asked before, and answered. */
  only: z.enum(["unanswered", "all"]),
  /** The prompt's name; which version is chosen when the run is planned, unless one was named at its start. */
  prompt: z.string(),
};
/** Kept rows of runs that could ask about a whole root only, by its name in labels/schema.json. */
const ofRoot = z.strictObject({ root: z.string(), ...common }).transform(({ root, ...rest }) => ({
  selection: { query: { root } },
  ...rest,
}));

const ofSelection = z.strictObject({ selection: imageSelection, ...common });
export type LabelRunScope = z.infer<typeof ofSelection>;
export const labelRunScope: z.ZodType<LabelRunScope> = z.union([ofSelection, ofRoot]);

/** One pass of a model with one prompt version over the images of a selection. Someone waits for it. */
export const labelRun = defineJob({
  kind: "label-run",
  title: "Label run",
  payload: labelRunScope,
  describe: ({ selection }) => `Label ${selectionInWords(selection)}`,
  lane: "interactive",
  chunkSize: 10,
  itemConcurrency: 4,
  chunkConcurrency: 4,
  retry: { attempts: 6, baseMs: 500, maxMs: 60_000 },
  // Lanes share a quota by the minute: an attempt waits for its turn (label-image.server.ts), and then up to 60 s for the
  // model port, and for S3 beside it.
  itemTimeoutMs: LONGEST_TURN_MS + 4 * 60_000,
  guard: requireNoPilot,
  describeState: describeStates(z.record(z.string(), z.string()), (labels, of) =>
    of === "after" ? describeAttributes(labels) : null,
  ),
  page: (runId) => `/label-runs/${runId}`,
  subject: ({ id }) => ({ label: "Its proposals", to: `/label-runs/${id}` }),
});
