import { z } from "zod";
import { drawItem, drawingWork, drawnState } from "~/features/drawing/draw-images";
import { drawRequest } from "~/features/drawing/draw-request";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { quoteKey } from "~/quote";
import { TRIED } from "./trial-words";

const lying = z.object({ key: z.string(), etag: z.string() });

/** A reference image that a plan replaces, and the one that it puts in its place, as they lie before the plan is applied. */
const swap = z.object({ old: lying, new: lying });
export type Swap = z.infer<typeof swap>;

/** Generations that are drawn once more, by their ids, with the old reference and with the new one. */
const trialPayload = z.strictObject({
  /** The run whose plan replaces the reference. */
  plan: z.int().positive(),
  swap,
  generations: z.array(z.string()).min(1).max(TRIED),
});
export type TrialPayload = z.infer<typeof trialPayload>;

/** One picture of a trial: what was asked for then, with one reference or the other. */
export const trialItem = drawItem.extend({
  generation: z.string(),
  reference: z.enum(["old", "new"]),
  request: drawRequest,
  /** Which of the pictures of its request the generation was: 1, 2, … */
  take: z.number(),
  /** Of the instruction, as the plan counted them. */
  textTokens: z.number(),
});
export type TrialItem = z.infer<typeof trialItem>;

/** Draws some generations with the reference that they used and with the one that a plan puts in its place. */
export const tryReference = defineJob({
  kind: "try-reference",
  title: "Try a reference",
  payload: trialPayload,
  describe: ({
    generations,
    swap: {
      new: { key },
    },
  }) => `Try ${quoteKey(key)} as the reference of ${plural(generations.length, "generation")}`,
  subject: ({ payload: { plan } }) => ({ label: "The plan that it tries", to: `/job-runs/${plan}` }),
  guard: null,
  describeState: describeStates(z.union([drawnState, trialItem]), (state) => {
    if ("request" in state) return `with the ${state.reference} reference`;
    return state.notes?.length ? `${quoteKey(state.key)}. ${state.notes.join(" ")}` : { key: state.key };
  }),
  ...drawingWork,
  chunkSize: 2 * TRIED,
});
