import { z } from "zod";
import { statuses } from "~/features/job-runs/status";

/** A label run as it stood when it was looked at. Dollars in USD. */
const runReading = z.object({
  runId: z.number(),
  status: z.enum(statuses),
  /** Images. */
  planned: z.number(),
  done: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  /** Images a second over its last minute of work, idle time left out; null: nothing has ended yet. */
  pace: z.number().nullable(),
  /** Spent, or reserved for calls that will tell no price. */
  spentUsd: z.number(),
  budgetUsd: z.number().nullable(),
  /** The most that one of its calls reserved. */
  maxCallUsd: z.number(),
  /** What it waits for while it is at work. */
  waiting: z.string().nullable(),
  /** Why it paused itself, and when that is over by itself (epoch ms); null: a person did, or it is not paused. */
  pauseReason: z.string().nullable(),
  pausedUntil: z.number().nullable(),
  error: z.string().nullable(),
});
export type RunReading = z.infer<typeof runReading>;
export const labelingReading = z.object({ runs: z.array(runReading) });
