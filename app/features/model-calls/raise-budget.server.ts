import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { dollars } from "~/features/format";
import { changeStatusWithin } from "~/features/job-runs/commands/change-status.server";
import { toResume } from "~/features/job-runs/commands/steer-run.server";
import { finalStatuses, isFinished } from "~/features/job-runs/status";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";

/** Runs of a kind whose calls go against a budget. */
export type BudgetedKind = {
  /** “label run” */
  what: string;
  /** In USD; null: it has none; undefined: there is no such run. */
  readBudget(db: Db, runId: number): Promise<number | null | undefined>;
  /** Changes the row where `isAsRead` holds; tells how many it changed. */
  writeBudget(
    tx: Tx,
    runId: number,
    input: { isAsRead: { budgetUsd: number; jobRun: { status: { notIn: string[] } } }; budgetUsd: number },
  ): Promise<{ count: number }>;
};

/**
 * Raises the budget of a run that has not ended, and lets it go on when it is paused. Workers go by the new sum from their next call
 * on. The audit log keeps both sums.
 * @throws DomainError "not-found", "conflict" (it has ended, has no budget, or one that is not smaller)
 */
export async function raiseBudgetOf(
  { what, readBudget, writeBudget }: BudgetedKind,
  deps: { db: Db; clock: Clock },
  { runId, budgetUsd, actor }: { runId: number; budgetUsd: number; actor: Actor },
): Promise<void> {
  const former = await readBudget(deps.db, runId);
  if (former === undefined) throw new DomainError("not-found", `There is no ${what} ${runId}.`);
  const jobRun = await deps.db.jobRun.findUniqueOrThrow({
    where: { id: runId },
    select: { status: true, title: true },
  });
  const refuse = (sentence: string) => new DomainError("conflict", sentence);
  const run = `${what[0]?.toUpperCase()}${what.slice(1)} ${runId}`;
  if (isFinished(jobRun.status)) throw refuse(`${run} has ended. Start a new one.`);
  if (former === null) throw refuse(`${run} has no budget to raise.`);
  if (budgetUsd <= former) throw refuse(`The budget is ${dollars(former)} already. Give more than that.`);
  const isAsRead = { budgetUsd: former, jobRun: { status: { notIn: [...finalStatuses] } } };
  await deps.db.$write(async (tx) => {
    const { count } = await writeBudget(tx, runId, { isAsRead, budgetUsd });
    if (count === 0) throw refuse(`${run} has changed in the meantime. Look at it, then try again.`);
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
