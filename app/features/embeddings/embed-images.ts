import { z } from "zod";
import { imageSelection } from "~/features/images/query/image-selection";
import { selectionInWords } from "~/features/images/query/image-words";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { LONGEST_TURN_MS } from "~/features/model-calls/longest-turn";

/** The vector of an image: the ETag of which it was made, null for none; and the run that made it. */
export const embeddingState = z.object({
  etag: z.string().nullable(),
  model: z.string(),
  dimensions: z.number(),
  runId: z.number().optional(),
});
export type EmbeddingState = z.infer<typeof embeddingState>;

const payload = z.strictObject({
  /** Only these images. Relative dates of a query are those of the moment at which the run was started. */
  selection: imageSelection.optional(),
});
export type Embedding = z.infer<typeof payload>;

/**
 * Has a model make the vectors that are missing, or older than their image, by which images are found. Which model, of how many
 * dimensions and for how much money, its EmbedRun says.
 */
export const embedImages = defineJob({
  kind: "embed-images",
  title: "Embed images",
  payload,
  describe: ({ selection }) => (selection ? `Embed ${selectionInWords(selection)}` : "Embed all images"),
  lane: "bulk",
  chunkSize: 60,
  // Two requests in flight: one holds six pictures (prices/models.json).
  itemConcurrency: 12,
  chunkConcurrency: 2,
  retry: { attempts: 4, baseMs: 500, maxMs: 30_000 },
  // An attempt waits for its turn, then up to 60 s for the model port, and for S3 and its picture beside it.
  itemTimeoutMs: LONGEST_TURN_MS + 4 * 60_000,
  guard: null,
  describeState: describeStates(embeddingState, ({ etag, dimensions, runId }, of) => {
    if (etag === null) return of === "before" ? "no vector" : "removed";
    if (runId !== undefined) return `vector of ${dimensions} numbers`;
    return of === "target" ? "new vector" : "older vector";
  }),
});
