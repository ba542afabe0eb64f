import { z } from "zod";
import { bytes } from "~/features/format";
import { imageSelection } from "~/features/images/query/image-selection";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";

/**
 * Which bytes an image's thumbnail shows, if it has one; `bytes` of the thumbnail that was made, and the run that made it, which
 * the thumbnail names as well.
 */
export const thumbnailState = z.object({
  thumbnailEtag: z.string().nullable(),
  bytes: z.number().optional(),
  runId: z.number().optional(),
});

const payload = z.strictObject({
  /** Also what has a thumbnail already, and what could not be read before. */
  force: z.boolean(),
  /** Only these images. Relative dates of a query are those of the moment at which the run was started. */
  selection: imageSelection.optional(),
  /**
   * Leave out what a backfill failed on within so many hours, of the very same bytes: for a schedule, which would fail on it
   * again at each slot. What may have passed by itself is left out once it has failed three times.
   */
  retryAfterHours: z.number().positive().optional(),
});

export type ThumbnailBackfill = z.infer<typeof payload>;

const HOUR_MS = 3_600_000;

/** What failed later than this is left out; null: nothing is. */
export const failedSince = (now: Date, { retryAfterHours }: ThumbnailBackfill): Date | null =>
  retryAfterHours === undefined ? null : new Date(now.getTime() - retryAfterHours * HOUR_MS);

/** What runs of before there were selections kept. */
const ofOneOwner = z
  .strictObject({ force: z.boolean(), owner: z.string().min(1) })
  .transform(({ force, owner }): ThumbnailBackfill => ({ force, selection: { query: { owner: [owner] } } }));

/** Makes thumbnails that are missing or older than their image; with `force` all of them, again. */
export const backfillThumbnails = defineJob({
  kind: "backfill-thumbnails",
  title: "Backfill thumbnails",
  payload: z.union([payload, ofOneOwner]),
  lane: "bulk",
  chunkSize: 50,
  // Eight in flight keep two cores busy while S3 answers; as many are decoded at once as there are cores.
  itemConcurrency: 4,
  chunkConcurrency: 2,
  retry: { attempts: 4, baseMs: 500, maxMs: 30_000 },
  // Eight pictures of the largest size wait for each other's memory, and each may take 20 s to decode.
  itemTimeoutMs: 240_000,
  guard: null,
  describeState: describeStates(thumbnailState, ({ thumbnailEtag, bytes: size }, of) => {
    if (thumbnailEtag === null) return of === "before" ? "no thumbnail" : "removed";
    if (size !== undefined) return `thumbnail, ${bytes(size)}`;
    return of === "target" ? "new thumbnail" : "thumbnail";
  }),
  start: { label: "Plan thumbnails", payload: { force: false }, autoApply: false },
});
