import { DomainError } from "~/features/domain-error";
import type { Tx } from "~/ports/db.server";
import { quote } from "~/quote";
import { moveRun, type RunCommand, type RunDeps } from "./change-status.server";
import { reopenFailed } from "./reopen-failed.sql.server";
import { findStandingUndo } from "./undo-run.server";

/**
 * Opens failed items again (all, or those of one class), so that workers try them anew; their attempts go on counting.
 * Thousands of items are reopened in several transactions: tallies equal the rows after each, and a retry that was
 * interrupted has reopened some and left the rest failed.
 * @param command.within further conditions of the same transaction: what it throws is the refusal
 * @returns how many items were reopened
 * @throws DomainError "not-found", "conflict" (the run was never applied, or was cancelled; it is undone; nothing failed)
 */
export async function retryFailed(
  deps: RunDeps,
  command: RunCommand & {
    errorClass?: string | undefined;
    within?: (tx: Tx, runId: number) => Promise<unknown>;
  },
): Promise<number> {
  const { runId, errorClass } = command;
  let reopened = 0;
  await moveRun(deps, command, {
    verb: "retry",
    from: ["pending", "running", "paused", "succeeded"],
    data: { error: null, failedAlike: null },
    detail: () => (errorClass === undefined ? {} : { errorClass }),
    also: async (tx) => {
      await command.within?.(tx, runId);
      const undo = await findStandingUndo(tx, runId);
      if (undo) {
        throw new DomainError("conflict", `Run ${runId} is undone by run ${undo.id}. Start a new run instead.`);
      }
      reopened = await reopenFailed(tx, { runId, errorClass });
      if (reopened > 0) return;
      const what = errorClass === undefined ? "No item" : `No item of class ${quote(errorClass)}`;
      throw new DomainError("conflict", `${what} of run ${runId} has failed; there is nothing to retry.`);
    },
  });
  for (let more = reopened; more > 0; reopened += more) {
    more = await deps.db.$write((tx) => reopenFailed(tx, { runId, errorClass }));
  }
  return reopened;
}
