import type { Actor } from "~/features/audit-log/record-event";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { requireJob, toJobs } from "~/features/job-runs/kinds/job";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { groupActionJobs } from "./group-action-jobs.server";
import { type GroupActionRequest, requireGroupAction } from "./group-actions.server";

const jobs = toJobs(groupActionJobs);

/**
 * Starts an action on attribute groups, as a run whose plan is then read. What the last audit and the schema can tell is
 * refused here and now; the plan looks at S3 itself.
 * @throws DomainError "not-found" (root, or a group that the last audit did not see), "invalid" (a name that cannot be
 * read, a key outside of the root), "conflict" (nothing to do, or another run is at work on the group)
 */
export async function startGroupAction(
  { db, clock }: { db: Db; clock: Clock },
  { kind, ...asked }: GroupActionRequest,
  actor: Actor,
): Promise<{ runId: number }> {
  const schema = await loadLabelSchema();
  const root = findRoot(schema, asked.root);
  const payload = await requireGroupAction(kind).check({ db, schema, root }, asked);
  return startRun({ db, clock }, requireJob(jobs, kind).definition, { payload, actor });
}
