import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/**
 * Ends a run that is not finished. Items that are done stay done; workers let go of the rest within a second.
 * @throws DomainError "not-found", "conflict" (finished before)
 */
export async function cancelRun({ db, clock }: { db: Db; clock: Clock }, { runId }: { runId: number }) {
  const { count } = await db.jobRun.updateMany({
    where: { id: runId, status: { in: ["planning", "planned", "pending", "running", "paused"] } },
    data: { status: "cancelled", finishedAt: clock.now(), leaseUntil: null },
  });
  if (count > 0) return;
  const run = await db.jobRun.findUnique({ where: { id: runId }, select: { status: true } });
  if (!run) throw new DomainError("not-found", `There is no run ${runId}.`);
  throw new DomainError("conflict", `Run ${runId} is already ${run.status}; there is nothing left to cancel.`);
}
