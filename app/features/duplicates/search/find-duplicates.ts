import { z } from "zod";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";

/** What a search found, and what it could not compare. */
export const duplicateCounts = z.object({
  /** Groups of the same bytes, how many images more than one they have in all, and their bytes. */
  same: z.object({ groups: z.number(), spare: z.number(), spareBytes: z.number() }),
  alike: z.object({ groups: z.number(), spare: z.number(), spareBytes: z.number() }),
  /** Images that were compared by their looks. */
  compared: z.number(),
  /** Images whose pictures have too little in them to be compared. */
  plain: z.number(),
  /** Images whose bytes nobody has read yet, so that nothing is known of them. */
  unread: z.number(),
});
export type DuplicateCounts = z.infer<typeof duplicateCounts>;

/** Looks for images of the same bytes, and for pictures that look alike. A scan of the image index; it asks the bucket nothing. */
export const findDuplicates = defineJob({
  kind: "find-duplicates",
  title: "Find duplicates",
  payload: z.strictObject({}),
  lane: "bulk",
  chunkSize: 1,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 4, baseMs: 1_000, maxMs: 30_000 },
  // A million hashes take three minutes to look up, and the colors of those that are near some milliseconds each.
  itemTimeoutMs: 60 * 60 * 1_000,
  guard: null,
  describeState: describeStates(
    duplicateCounts,
    ({ same, alike }) =>
      `${plural(same.groups, "group")} of the same bytes, ${plural(alike.groups, "group")} that look alike`,
  ),
  start: { label: "Find duplicates", payload: {}, autoApply: true },
});
