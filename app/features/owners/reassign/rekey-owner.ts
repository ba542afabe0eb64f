import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { quote, quoteKey } from "~/quote";
import { ownerState, ownerWords, reassignOwner } from "./reassign-owner";

/** An image as an item keeps it: whose it is, and under which key. */
export const rekeyState = ownerState.extend({
  key: z.string(),
  /** Why the plan knows that it stays as it is. */
  conflict: z.string().optional(),
});

/**
 * Gives the images of a selection to another owner and moves what lies under the present owner's prefix to the new one's:
 * an image's owner and its key change together (docs/decisions/027-merged-owners.md).
 */
export const rekeyOwner = defineJob({
  kind: "rekey-owner",
  title: "Reassign owner and keys",
  payload: reassignOwner.payload,
  describe: ({ toOwnerId }) => `Reassign images to ${quote(toOwnerId)}, and move them under its keys`,
  // As for a reassignment; that two runs move one object at once is refused by their journals.
  guard: null,
  describeState: describeStates(rekeyState, ({ key, conflict, ...owner }) =>
    conflict === undefined ? `${ownerWords(owner)}, ${quoteKey(key)}` : { skipped: conflict },
  ),
  lane: "bulk",
  chunkSize: 200,
  itemConcurrency: 8,
  chunkConcurrency: 2,
  retry: { attempts: 4, baseMs: 500, maxMs: 10_000 },
  itemTimeoutMs: 5 * 60 * 1_000,
});
