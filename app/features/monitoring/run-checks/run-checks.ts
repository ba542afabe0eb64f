import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { checkAlerts } from "./check-alerts";

/** What an item tells once its check was measured. */
const measured = z.object({ verdict: z.string(), sentence: z.string() });

/** Measures the checks. A scan: an item is one check, so that one that cannot be measured keeps no other. */
export const runChecks = defineJob({
  kind: "run-checks",
  title: "Run checks",
  payload: z.strictObject({
    /** Names of checks; null: all of them. */
    checks: z.array(z.string()).nullable(),
  }),
  lane: "interactive",
  chunkSize: 50,
  itemConcurrency: 2,
  // A check compares with its last measurement, so one run of them at a time.
  chunkConcurrency: 1,
  retry: { attempts: 1, baseMs: 1_000, maxMs: 1_000 },
  itemTimeoutMs: 2 * 60 * 1_000,
  guard: null,
  alerts: checkAlerts,
  describeState: describeStates(measured, ({ verdict, sentence }) => `${verdict}: ${sentence}`),
  start: { label: "Run checks", payload: { checks: null }, autoApply: true },
});
