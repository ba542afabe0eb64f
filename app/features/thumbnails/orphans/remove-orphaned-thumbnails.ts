import { z } from "zod";
import { bytes } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";

/** A thumbnail as a plan saw it; `imageId` of the image that it shows, where that has a row: it is gone. */
export const orphan = z.object({
  etag: z.string(),
  bytes: z.number(),
  modifiedAt: z.number(),
  imageId: z.number().optional(),
  /** Epoch milliseconds: when no row knew of an image of it. */
  unknownAt: z.number().optional(),
});

/**
 * Removes thumbnails whose images are no longer in the bucket. It is not undone: a thumbnail is made again from its image
 * (docs/decisions/058-removing-duplicates.md).
 */
export const removeOrphanedThumbnails = defineJob({
  kind: "remove-orphaned-thumbnails",
  title: "Remove orphaned thumbnails",
  payload: z.strictObject({}),
  lane: "bulk",
  chunkSize: 500,
  itemConcurrency: 8,
  chunkConcurrency: 1,
  retry: { attempts: 4, baseMs: 500, maxMs: 30_000 },
  itemTimeoutMs: 60_000,
  guard: null,
  describeState: describeStates(z.union([orphan, z.object({ removed: z.boolean() })]), (state) =>
    "removed" in state
      ? "removed"
      : `thumbnail, ${bytes(state.bytes)}, of an image that is ${state.imageId === undefined ? "not known" : "gone"}`,
  ),
  start: { label: "Look for orphaned thumbnails", payload: {}, autoApply: false },
});
