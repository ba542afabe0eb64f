import { z } from "zod";
import { groupAlerts } from "~/features/attribute-groups/alerts/group-alerts";
import type { ChangeCounts } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";

/** What an audit's item tells once it is done. */
export const auditCounts = z.object({
  groups: z.number(),
  objects: z.number(),
  images: z.number(),
  findings: z.number(),
  /** Against the snapshot before; null: there was none. Audits of older versions did not compare. */
  changes: z
    .object({
      added: z.number(),
      removed: z.number(),
      renamed: z.number(),
      references: z.number(),
      moved: z.number(),
      objectsAdded: z.number(),
      objectsRemoved: z.number(),
      objectsReplaced: z.number(),
    } satisfies Record<keyof ChangeCounts, z.ZodNumber>)
    .nullable()
    .default(null),
});

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
  alerts: groupAlerts,
  describeState: describeStates(
    auditCounts,
    ({ groups, images, findings }) =>
      `${plural(groups, "group")} with ${plural(images, "image")}: ${plural(findings, "finding")}`,
  ),
  start: { label: "Audit groups", payload: { root: null }, autoApply: true },
});
