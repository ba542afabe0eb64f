import { z } from "zod";
import { bytes, duration } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { quoteKey } from "~/quote";

/** What a rehearsal found. */
export const rehearsed = z.object({
  key: z.string(),
  takenAt: z.number(),
  databaseBytes: z.number(),
  rows: z.number(),
  seconds: z.number(),
});

/** Restores the newest backup beside the database, by what people would do, and takes it away again. */
export const rehearseRestore = defineJob({
  kind: "rehearse-restore",
  title: "Rehearse restore",
  payload: z.strictObject({}),
  lane: "bulk",
  chunkSize: 1,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 3, baseMs: 5_000, maxMs: 60_000 },
  itemTimeoutMs: 4 * 60 * 60_000,
  guard: null,
  describeState: describeStates(
    rehearsed,
    ({ key, databaseBytes, seconds }) => `${quoteKey(key)} restored: ${bytes(databaseBytes)} in ${duration(seconds)}`,
  ),
  start: { label: "Rehearse restore", payload: {}, autoApply: true },
});
