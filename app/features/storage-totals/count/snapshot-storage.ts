import { z } from "zod";
import { bytes, plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";

/** What a snapshot found. */
export const snapshotCounts = z.object({
  objects: z.number(),
  bytes: z.number(),
  /** Versions and markers that a listing does not show; null: they were not counted. */
  hiddenObjects: z.number().nullable(),
  hiddenBytes: z.number().nullable(),
});

/**
 * Counts what the bucket holds, by listing all of it: S3 is the truth. A scan of one item, the bucket. One at a time over all
 * workers, so that what another left half-counted is no one's.
 */
export const snapshotStorage = defineJob({
  kind: "snapshot-storage",
  title: "Snapshot storage",
  payload: z.strictObject({
    /** Whether former versions are counted, too, which takes a listing of its own. */
    versions: z.boolean(),
  }),
  describe: ({ versions }) => (versions ? "Snapshot storage with hidden versions" : "Snapshot storage"),
  lane: "bulk",
  chunkSize: 1,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 4, baseMs: 1_000, maxMs: 30_000 },
  // As for the index: ten million objects are listed one thousand a call.
  itemTimeoutMs: 4 * 60 * 60 * 1_000,
  guard: null,
  describeState: describeStates(snapshotCounts, (found) => {
    const seen = `${plural(found.objects, "object")}, ${bytes(found.bytes)}`;
    return found.hiddenObjects === null ? seen : `${seen}; ${plural(found.hiddenObjects, "hidden version")}`;
  }),
  start: { label: "Snapshot storage", payload: { versions: false }, autoApply: true },
});
