import { z } from "zod";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";

/** What an item leaves: a backup, or fewer old ones. */
export const backedUp = z.object({ key: z.string(), bytes: z.number(), databaseBytes: z.number() });
const cleared = z.object({ removed: z.number(), kept: z.number() });

/**
 * Puts a copy of the database into the bucket, then removes old ones. Two items, so that a store that lets no one delete has
 * backups all the same. Neither is undone.
 */
export const backUpDatabase = defineJob({
  kind: "back-up-database",
  title: "Back up database",
  payload: z.strictObject({}),
  lane: "bulk",
  chunkSize: 2,
  itemConcurrency: 1,
  // Two copies at once would take twice the room.
  chunkConcurrency: 1,
  retry: { attempts: 3, baseMs: 5_000, maxMs: 60_000 },
  itemTimeoutMs: 4 * 60 * 60_000,
  guard: null,
  describeState: describeStates(z.union([backedUp, cleared]), (state) =>
    "key" in state
      ? { key: state.key }
      : `${plural(state.removed, "old backup")} removed, ${plural(state.kept, "backup")} kept`,
  ),
  start: { label: "Back up database", payload: {}, autoApply: true },
});
