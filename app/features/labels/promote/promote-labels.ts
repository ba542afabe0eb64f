import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeLabels } from "~/features/labels/label-state";

/** Makes labels of what a label run proposed and people accepted. Its undo is the rollback. */
export const promoteLabels = defineJob({
  kind: "promote-labels",
  title: "Promote labels",
  payload: z.strictObject({
    labelRunId: z.number().int().positive(),
    /** The label run's job run, by which people know it. */
    runId: z.number().int().positive(),
  }),
  describe: ({ runId }) => `Promote label run ${runId}`,
  // Two promotions may stand beside each other: the second skips what the first has changed.
  guard: null,
  describeState: describeLabels,
  subject: ({ payload: { runId } }) => ({ label: `Label run ${runId}`, to: `/label-runs/${runId}` }),
  lane: "interactive",
  chunkSize: 1_000_000,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 1, baseMs: 1_000, maxMs: 1_000 },
  itemTimeoutMs: 60_000,
});

export type Promotion = z.infer<typeof promoteLabels.payload>;
