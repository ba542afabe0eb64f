import { DomainError } from "~/features/domain-error";
import { count } from "~/features/format";
import { isAllowedFrom } from "~/features/job-runs/allowed";
import { type Jobs, requireJob } from "~/features/job-runs/kinds/job";
import { statusInSentence, toRunStatus } from "~/features/job-runs/status";
import { createPace } from "~/features/pace";
import { writeInPieces } from "~/features/write-in-pieces.sql.server";
import type { Tx } from "~/ports/db.server";
import { quote } from "~/quote";
import { changeStatus, type RunCommand, type RunDeps } from "./change-status.server";
import { reopenFailed } from "./reopen-failed.sql.server";
import { findStandingUndo } from "./undo-run.server";

/**
 * Opens failed items again (all, or those of one class), so that workers try them again; their attempts go on counting.
 * Thousands of items are reopened in pieces: tallies equal the rows after each, and a retry that was interrupted has
 * reopened some and left the rest failed, and so has one whose run was canceled or undone meanwhile.
 * @param jobs every kind: that of the run may refuse, because of others at work (its guard)
 * @returns how many items were reopened
 * @throws DomainError "not-found", "conflict" (the run was never applied, or was cancelled; it is undone; nothing failed; the guard),
 *   "invalid" (an unknown kind)
 */
export async function retryFailed(
  deps: RunDeps,
  jobs: Jobs,
  command: RunCommand & { errorClass?: string | undefined },
): Promise<number> {
  const { runId, errorClass } = command;
  const pace = createPace();
  let done = { reopened: 0, after: -1 };
  const reopen = async (tx: Tx, size: number) => {
    const { rows, reopened, after } = await reopenFailed(tx, { runId, errorClass, after: done.after, size });
    done = { reopened: done.reopened + reopened, after };
    return rows;
  };
  await changeStatus(deps, command, {
    verb: "retry",
    data: { error: null, failedAlike: null },
    detail: () => (errorClass === undefined ? {} : { errorClass }),
    also: async (tx) => {
      await requireRetryable(tx, jobs, { runId, reopened: 0 });
      const failed = { runId, outcome: "failed", ...(errorClass !== undefined && { errorClass }) };
      if (await tx.jobItem.findFirst({ where: failed, select: { seq: true } })) return reopen(tx, pace.size());
      const what = errorClass === undefined ? "No item" : `No item of class ${quote(errorClass)}`;
      throw new DomainError("conflict", `${what} of run ${runId} has failed; there is nothing to retry.`);
    },
  });
  // Between two pieces the run may have been canceled or undone, or others have begun with what it is about.
  const goOn = async (tx: Tx, size: number) => {
    const { reopened } = done;
    const rows = await reopen(tx, size);
    if (rows > 0) await requireRetryable(tx, jobs, { runId, reopened });
    return rows;
  };
  await writeInPieces(deps.db, goOn, { pace });
  return done.reopened;
}

/** @throws DomainError "conflict" where others are at work, or the run was canceled or is undone */
async function requireRetryable(
  tx: Tx,
  jobs: Jobs,
  { runId, reopened }: { runId: number; reopened: number },
): Promise<void> {
  const { kind, status } = await tx.jobRun.findUniqueOrThrow({
    where: { id: runId },
    select: { kind: true, status: true },
  });
  if (!isAllowedFrom("retry", toRunStatus(status))) {
    const sentence = `Run ${runId} is ${statusInSentence(status)} now. Of its failed items ${count(reopened)} had been opened again; the rest stays as it is.`;
    throw new DomainError("conflict", sentence);
  }
  await requireJob(jobs, kind).definition.guard?.(tx, runId);
  const undo = await findStandingUndo(tx, runId);
  if (undo) throw new DomainError("conflict", `Run ${runId} is undone by run ${undo.id}. Start a new run instead.`);
}
