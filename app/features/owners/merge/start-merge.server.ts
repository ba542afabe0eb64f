import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { mergeOwners } from "./merge-owners.server";

/**
 * Starts the plan of a merge.
 * @throws DomainError "invalid" for an owner that is not known, was merged before, or is to be merged into itself;
 *   "conflict" beside another merge of one of the two
 */
export async function startMerge(
  deps: { db: Db; clock: Clock },
  { ownerId, intoOwnerId, actor }: { ownerId: string; intoOwnerId: string; actor: Actor },
): Promise<{ runId: number }> {
  if (ownerId === intoOwnerId) {
    throw new DomainError("invalid", `${quote(ownerId)} cannot be merged into itself. Choose another owner.`);
  }
  return startRun(deps, mergeOwners, { payload: { ownerId, intoOwnerId }, actor });
}
