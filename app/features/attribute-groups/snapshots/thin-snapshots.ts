import { z } from "zod";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";

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
  describeState: describeStates(
    z.object({ snapshots: z.number(), listings: z.number() }),
    ({ snapshots, listings }) => `${plural(snapshots, "audit")} and ${plural(listings, "listing")} removed`,
  ),
});
