import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { type Job, pair } from "~/features/job-runs/kinds/job";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import type { GroupAction } from "./group-action";
import { groupActions } from "./group-actions.server";
import { conflictOf, moving } from "./planning/plan-moves.server";
import { requireAlone } from "./require-alone.server";

const describeState = describeStates(conflictOf, ({ key, conflict }) =>
  conflict === undefined ? { key } : { skipped: conflict },
);

/** Every action as a kind of run: it moves objects, each by a journal of its own, and has the root audited afterwards. */
export const groupActionJobs: readonly Job[] = groupActions.map(toJob);

function toJob({ kind, title, payload, describe, plan, itemConcurrency = 8 }: GroupAction): Job {
  const definition = defineJob({
    kind,
    title,
    payload,
    describe,
    guard: requireAlone,
    describeState,
    subject: ({ payload: { root } }) => ({
      label: `Groups of ${root}`,
      to: `/attribute-groups?root=${encodeURIComponent(root)}`,
    }),
    followUp: ({ root }) => ({ definition: auditGroups, payload: { root } }),
    lane: "interactive",
    chunkSize: 50,
    itemConcurrency,
    chunkConcurrency: 1,
    retry: { attempts: 4, baseMs: 500, maxMs: 10_000 },
    itemTimeoutMs: 5 * 60 * 1_000,
  });
  return pair(definition, { plan, ...moving });
}
