import type { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { labelRun } from "~/features/labeling/label-run";
import { PILOT_KIND, pilotPayload, requireWaiting } from "./pilot-guards";

/** Images that a pilot asks about at most: enough to see how long answers are, for the price of few. */
export const PILOT_IMAGES = 10;

/** Asks about a few images of a label run that is planned, so that its quote goes by real answers. They are the run's first. */
export const pilotLabelRun = defineJob({
  kind: PILOT_KIND,
  title: "Pilot of a label run",
  payload: pilotPayload,
  lane: "interactive",
  chunkSize: PILOT_IMAGES,
  itemConcurrency: 4,
  chunkConcurrency: 1,
  retry: labelRun.retry,
  itemTimeoutMs: labelRun.itemTimeoutMs,
  guard: requireWaiting,
  describeState: labelRun.describeState,
  subject: ({ payload: { runId } }) => ({ label: `Label run ${runId}`, to: `/label-runs/${runId}?tab=plan` }),
});
export type PilotPayload = z.infer<typeof pilotPayload>;
