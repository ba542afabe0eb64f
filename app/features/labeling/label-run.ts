import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { describeAttributes } from "~/features/label-schema/label-schema";

/** How long an attempt goes on waiting for its turn at a model whose quota of a minute is used up. */
export const LONGEST_TURN_MS = 5 * 60_000;

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
  retry: { attempts: 6, baseMs: 500, maxMs: 60_000 },
  // Lanes share a quota by the minute: an attempt waits for its turn (label-image.server.ts), and then up to 60 s for the
  // model port, and for S3 beside it.
  itemTimeoutMs: LONGEST_TURN_MS + 4 * 60_000,
  guard: null,
  describeState: describeStates(z.record(z.string(), z.string()), (labels, of) =>
    of === "after" ? describeAttributes(labels) : null,
  ),
  page: (runId) => `/label-runs/${runId}`,
  subject: ({ id }) => ({ label: "Its proposals", to: `/label-runs/${id}` }),
});
