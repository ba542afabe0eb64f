import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { promoteLabels } from "./promote-labels";

/**
 * Starts the plan of a promotion: what people accepted of a label run's proposals so far becomes labels once it is applied.
 * @param input.runId the label run's, by its job run
 * @throws DomainError "not-found"; "conflict" when no proposal of it is accepted
 */
export async function startPromotion(
  deps: { db: Db; clock: Clock },
  { runId, actor, autoApply = false }: { runId: number; actor: Actor; autoApply?: boolean },
): Promise<{ runId: number }> {
  const labelRun = await deps.db.labelRun.findUnique({ where: { jobRunId: runId }, select: { id: true } });
  if (!labelRun) throw new DomainError("not-found", `There is no label run ${runId}.`);
  const accepted = { labelRunId: labelRun.id, decision: "accepted" };
  if (!(await deps.db.proposal.findFirst({ where: accepted, select: { id: true } }))) {
    throw new DomainError(
      "conflict",
      `No proposal of label run ${runId} is accepted yet. Review them first: only what someone accepted becomes labels.`,
    );
  }
  return startRun(deps, promoteLabels, { payload: { labelRunId: labelRun.id, runId }, actor, autoApply });
}
