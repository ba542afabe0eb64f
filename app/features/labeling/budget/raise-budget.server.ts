import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { dollars } from "~/features/format";
import { changeStatusWithin } from "~/features/job-runs/commands/change-status.server";
import { toResume } from "~/features/job-runs/commands/steer-run.server";
import { finalStatuses, isFinished } from "~/features/job-runs/status";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/**
 * Raises the budget of a label run that has not ended, and lets it go on when it is paused. Workers go by the new sum from
 * their next call on. The audit log keeps both sums.
 * @throws DomainError "not-found", "conflict" (it has ended, has no budget, or one that is not smaller)
 */
export async function raiseBudget(
  deps: { db: Db; clock: Clock },
  { runId, budgetUsd, actor }: { runId: number; budgetUsd: number; actor: Actor },
): Promise<void> {
  const row = await deps.db.labelRun.findUnique({ where: { jobRunId: runId }, include: { jobRun: true } });
  if (!row) throw new DomainError("not-found", `There is no label run ${runId}.`);
  const { id, jobRun, budgetUsd: former } = row;
  const refuse = (sentence: string) => new DomainError("conflict", sentence);
  if (isFinished(jobRun.status)) throw refuse(`Label run ${runId} has ended. Start a new one.`);
  if (former === null) throw refuse(`Label run ${runId} has no budget to raise.`);
  if (budgetUsd <= former) throw refuse(`The budget is ${dollars(former)} already. Give more than that.`);
  await deps.db.$write(async (tx) => {
    const { count } = await tx.labelRun.updateMany({
      where: { id, budgetUsd: former, jobRun: { status: { notIn: [...finalStatuses] } } },
      data: { budgetUsd },
    });
    if (count === 0) throw refuse(`Label run ${runId} has changed in the meantime. Look at it, then try again.`);
    await recordEvent(tx, {
      at: deps.clock.now(),
      actor,
      action: "run.raise-budget",
      subject: `run:${runId}`,
      sentence: `Raised the budget of run ${runId} (${jobRun.title}) from ${dollars(former)} to ${dollars(budgetUsd)}`,
      detail: { from: former, to: budgetUsd },
    });
    const { status } = await tx.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { status: true } });
    if (status === "paused") await changeStatusWithin(tx, deps.clock, { runId, actor }, toResume);
  });
}
