import { z } from "zod";
import { bytes } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { quoteKey } from "~/quote";
import { REMOVE_ORIGINALS, removal } from "./removal";
import { requireSettled } from "./removal-guards";

/** An original as the plan saw it, below `originals/`. */
export const keptOriginal = z.object({ key: z.string(), etag: z.string(), bytes: z.number() });

const removed = z.object({ removed: z.literal(true) });

/** Deletes what a conversion kept, with no undo. */
export const removeOriginals = defineJob({
  kind: REMOVE_ORIGINALS,
  title: "Remove originals",
  payload: removal,
  describe: ({ runId }) => `Remove the originals of run ${runId}`,
  guard: requireSettled,
  describeState: describeStates(z.union([keptOriginal, removed]), (state) =>
    "removed" in state ? "removed" : `${quoteKey(state.key)}, ${bytes(state.bytes)}`,
  ),
  subject: ({ payload: { runId } }) => ({ label: `Run ${runId}`, to: `/job-runs/${runId}` }),
  lane: "bulk",
  chunkSize: 100,
  itemConcurrency: 4,
  chunkConcurrency: 1,
  retry: { attempts: 4, baseMs: 500, maxMs: 10_000 },
  itemTimeoutMs: 120_000,
});
