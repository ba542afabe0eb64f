import { z } from "zod";
import { count, plural } from "~/features/format";
import { isUntrackedPrefix } from "~/features/images/key-layout";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";

/** What an item found. */
export const indexCounts = z.object({
  /** Objects that were listed and are tracked. */
  objects: z.number(),
  /** Never seen before. */
  new: z.number(),
  /** Another ETag or size than before. */
  changed: z.number(),
  /** Were gone, and are there again. */
  back: z.number(),
  gone: z.number(),
});
export type IndexCounts = z.infer<typeof indexCounts>;

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
  describeState: describeStates(indexCounts, (found) => {
    const changes = (["new", "changed", "back", "gone"] as const).filter((name) => found[name] > 0);
    const words = changes.map((name) => `${count(found[name])} ${name}`).join(", ") || "nothing new";
    return `${plural(found.objects, "object")}: ${words}`;
  }),
  start: { label: "Index images", payload: { prefix: "" }, autoApply: true },
});
