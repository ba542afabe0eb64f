import { z } from "zod";
import { defineJob } from "~/features/job-runs/definition";

export const labelRunScope = z.strictObject({
  /** The attribute root's name in labels/schema.json. */
  root: z.string(),
  /** `unanswered` leaves out images about which this very prompt was asked before, and answered. */
  only: z.enum(["unanswered", "all"]),
  /** The prompt's name; which version is chosen when the run is planned. */
  prompt: z.string(),
});
export type LabelRunScope = z.infer<typeof labelRunScope>;

/** One pass of a model with one prompt version over the images of a root. Someone waits for it. */
export const labelRun = defineJob({
  kind: "label-run",
  title: "Label run",
  payload: labelRunScope,
  lane: "interactive",
  chunkSize: 10,
  itemConcurrency: 4,
  chunkConcurrency: 4,
  // Lanes share a quota by the minute: one may lose to the others a few times before it gets its turn.
  retry: { attempts: 6, baseMs: 500, maxMs: 60_000 },
  // More than the model port's own limit of 60 s and S3's beside it.
  itemTimeoutMs: 120_000,
  canUndo: false,
});
