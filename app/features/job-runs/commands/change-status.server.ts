import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { type RunVerb, recordRunEvent } from "~/features/job-runs/run-events";
import type { RunStatus } from "~/features/job-runs/status";
import type { Clock } from "~/ports/clock.server";
import type { Db, Prisma, Tx } from "~/ports/db.server";

export type RunDeps = { db: Db; clock: Clock };
export type RunCommand = { runId: number; actor: Actor };

export type RunMove = {
  verb: RunVerb;
  from: RunStatus[];
  where?: Prisma.JobRunWhereInput;
  data: Prisma.JobRunUpdateManyMutationInput;
  also?: (tx: Tx) => Promise<unknown>;
  refuse?: (run: Prisma.JobRunGetPayload<object>) => DomainError | null;
  /** What the audit log is told beside. May refuse by throwing. */
  detail?: (run: Prisma.JobRunGetPayload<object>) => object;
};

/**
 * Moves a run to another status, if it is in one of `from`, and tells the audit log, in one transaction.
 * @param move.also further writes of that transaction
 * @throws DomainError what `refuse` says, or "not-found", or "conflict" with the statuses in which it would be possible
 */
export async function moveRun({ db, clock }: RunDeps, command: RunCommand, move: RunMove): Promise<void> {
  await db.$write((tx) => moveRunWithin(tx, clock, command, move));
}

/** The same within a transaction. */
export async function moveRunWithin(tx: Tx, clock: Clock, { runId, actor }: RunCommand, move: RunMove): Promise<void> {
  const { count } = await tx.jobRun.updateMany({
    where: { id: runId, status: { in: move.from }, ...move.where },
    data: move.data,
  });
  const run = await tx.jobRun.findUnique({ where: { id: runId } });
  if (!run) throw new DomainError("not-found", `There is no run ${runId}.`);
  if (count === 0) {
    const possible = move.from.join(" or ");
    throw (
      move.refuse?.(run) ??
      new DomainError("conflict", `Run ${runId} is ${run.status}; only one that is ${possible} can do this.`)
    );
  }
  await recordRunEvent(tx, {
    at: clock.now(),
    actor,
    runId,
    title: run.title,
    verb: move.verb,
    ...(move.detail && { detail: move.detail(run) }),
  });
  await move.also?.(tx);
}
