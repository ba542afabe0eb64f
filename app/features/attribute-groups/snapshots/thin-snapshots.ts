import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";

/** Retention: of old snapshots one a day stays, and listings that no snapshot names go. Its items are roots. */
export const thinSnapshots = defineJob({
  kind: "thin-snapshots",
  title: "Thin old audits",
  payload: z.strictObject({
    /** Age at which a root's snapshots are thinned (DESIGN §5: 30 days). */
    days: z.int().positive(),
  }),
  lane: "bulk",
  chunkSize: 10,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 3, baseMs: 1_000, maxMs: 10_000 },
  itemTimeoutMs: 10 * 60_000,
  guard: null,
});
