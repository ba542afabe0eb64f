import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";

/** Looks at the attribute groups of each root as S3 lists them. A scan: an item is one root. */
export const auditGroups = defineJob({
  kind: "audit-groups",
  title: "Audit attribute groups",
  payload: z.strictObject({
    /** The name of one root in labels/schema.json; null: all of them. */
    root: z.string().nullable(),
  }),
  lane: "interactive",
  chunkSize: 1,
  itemConcurrency: 1,
  // Snapshots of a root follow one another, so one audit at a time.
  chunkConcurrency: 1,
  retry: { attempts: 4, baseMs: 500, maxMs: 10_000 },
  itemTimeoutMs: 30 * 60 * 1_000,
  guard: null,
  start: { label: "Audit groups", payload: { root: null }, autoApply: true },
});
