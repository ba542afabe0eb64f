import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { allowedFrom } from "~/features/job-runs/allowed";
import { type RunVerb, recordRunEvent } from "~/features/job-runs/run-events";
import { statusInSentence } from "~/features/job-runs/status";
import type { Clock } from "~/ports/clock.server";
import type { Db, Prisma, Tx } from "~/ports/db.server";

export type RunDeps = { db: Db; clock: Clock };
export type RunCommand = { runId: number; actor: Actor };

export type StatusChange = {
  verb: keyof typeof allowedFrom & RunVerb;
  where?: Prisma.JobRunWhereInput;
  data: Prisma.JobRunUpdateManyMutationInput;
  /** Further writes of the same transaction; what it throws is the refusal. */
  also?: (tx: Tx, run: Prisma.JobRunGetPayload<object>) => Promise<unknown>;
  refuse?: (run: Prisma.JobRunGetPayload<object>) => DomainError | null;
  /** What the audit log is told beside. May refuse by throwing. */
  detail?: (run: Prisma.JobRunGetPayload<object>) => object;
};

/**
 * Changes a run's status, if the verb is allowed from the one that it has, and tells the audit log, in one transaction.
 * @throws DomainError what `refuse` says, or "not-found", or "conflict" with the statuses from which it would be possible
 */
export async function changeStatus({ db, clock }: RunDeps, command: RunCommand, change: StatusChange): Promise<void> {
  await db.$write((tx) => changeStatusWithin(tx, clock, command, change));
}

/** The same within a transaction. */
export async function changeStatusWithin(
  tx: Tx,
  clock: Clock,
  { runId, actor }: RunCommand,
  change: StatusChange,
): Promise<void> {
  const from = allowedFrom[change.verb];
  const { count } = await tx.jobRun.updateMany({
    where: { id: runId, status: { in: [...from] }, ...change.where },
    data: change.data,
  });
  const run = await tx.jobRun.findUnique({ where: { id: runId } });
  if (!run) throw new DomainError("not-found", `There is no run ${runId}.`);
  if (count === 0) {
    const possible = from.map(statusInSentence).join(" or ");
    throw (
      change.refuse?.(run) ??
      new DomainError(
        "conflict",
        `Run ${runId} is ${statusInSentence(run.status)}; only one that is ${possible} can do this.`,
      )
    );
  }
  await recordRunEvent(tx, {
    at: clock.now(),
    actor,
    runId,
    title: run.title,
    verb: change.verb,
    ...(change.detail && { detail: change.detail(run) }),
  });
  await change.also?.(tx, run);
}
