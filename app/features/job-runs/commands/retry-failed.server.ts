import { DomainError } from "~/features/domain-error";
import { type Jobs, requireJob } from "~/features/job-runs/kinds/job";
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
 * reopened some and left the rest failed.
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
    also: async (tx, { kind }) => {
      await requireJob(jobs, kind).definition.guard?.(tx, runId);
      const undo = await findStandingUndo(tx, runId);
      if (undo) {
        throw new DomainError("conflict", `Run ${runId} is undone by run ${undo.id}. Start a new run instead.`);
      }
      const failed = { runId, outcome: "failed", ...(errorClass !== undefined && { errorClass }) };
      if (await tx.jobItem.findFirst({ where: failed, select: { seq: true } })) return reopen(tx, pace.size());
      const what = errorClass === undefined ? "No item" : `No item of class ${quote(errorClass)}`;
      throw new DomainError("conflict", `${what} of run ${runId} has failed; there is nothing to retry.`);
    },
  });
  await writeInPieces(deps.db, reopen, { pace });
  return done.reopened;
}
