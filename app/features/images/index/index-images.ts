import { z } from "zod";
import { isUntrackedPrefix } from "~/features/images/key-layout";
import { defineJob } from "~/features/job-runs/kinds/definition";

/**
 * Reconciles the image index with S3. A scan: an item is a range of keys (some small folders beside each other, or one
 * large one), done in one parallel listing. One chunk at a time over all workers, so that two runs never judge the same
 * keys at once.
 */
export const indexImages = defineJob({
  kind: "index-images",
  title: "Index images",
  payload: z.strictObject({
    /** Only keys that begin so; "" is the whole bucket. */
    prefix: z.string().refine((prefix) => !isUntrackedPrefix(prefix), "No image is tracked below this prefix."),
  }),
  lane: "bulk",
  chunkSize: 50,
  itemConcurrency: 2,
  chunkConcurrency: 1,
  retry: { attempts: 4, baseMs: 1_000, maxMs: 30_000 },
  // One folder may hold every object of the bucket: ten million take about an hour.
  itemTimeoutMs: 4 * 60 * 60 * 1_000,
  guard: null,
  start: { label: "Index images", payload: { prefix: "" }, autoApply: true },
});
