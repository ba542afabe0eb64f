import { z } from "zod";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { LONGEST_TURN_MS } from "~/features/model-calls/longest-turn";
import { quoteKey } from "~/quote";
import { drawRequest } from "./draw-request";

/** A picture that a request shows, as the plan froze it; `imageId` is null for one that the index does not know. */
export const shownPicture = z.object({
  role: z.enum(["own", "reference", "base"]),
  imageId: z.number().nullable(),
  key: z.string(),
  etag: z.string(),
  bytes: z.number().nullable(),
});
export type ShownPicture = z.infer<typeof shownPicture>;

/** One picture that is to be drawn; `shown` in the order in which they are sent. */
export const drawItem = z.object({ picture: z.number(), shown: z.array(shownPicture) });
export type DrawItem = z.infer<typeof drawItem>;

/** A picture that was drawn, and what else is to know of it. */
export const drawnState = z.object({
  key: z.string(),
  etag: z.string(),
  bytes: z.number(),
  notes: z.array(z.string()).optional(),
});
export type DrawnState = z.infer<typeof drawnState>;

const SHOWN = { own: "your images", reference: "references", base: "the base image" };

/** How pictures are drawn, whatever they are drawn for. */
export const drawingWork = {
  lane: "interactive",
  itemConcurrency: 4,
  chunkConcurrency: 2,
  retry: { attempts: 4, baseMs: 500, maxMs: 30_000 },
  // An attempt waits for its turn, then up to 180 s for the model port, perhaps twice, and for S3 beside it.
  itemTimeoutMs: LONGEST_TURN_MS + 10 * 60_000,
} as const;

/** Has a model draw pictures. For how much money, its DrawRun says. */
export const drawImages = defineJob({
  kind: "draw-images",
  title: "Draw images",
  payload: drawRequest,
  describe: ({ count, mask }) => `Draw ${plural(count, "image")}${mask === null ? "" : " with a mask"}`,
  subject: ({ id }) => ({ label: "Draw again", to: `/studio?run=${id}` }),
  guard: null,
  describeState: describeStates(z.union([drawnState, drawItem]), (state) => {
    if ("key" in state) {
      return state.notes?.length ? `${quoteKey(state.key)}. ${state.notes.join(" ")}` : { key: state.key };
    }
    const roles = [...new Set(state.shown.map(({ role }) => SHOWN[role]))];
    return roles.length > 0 ? `from ${roles.join(" and ")}` : "from words alone";
  }),
  ...drawingWork,
  chunkSize: 8,
});
