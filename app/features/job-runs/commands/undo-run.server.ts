import { DomainError } from "~/features/domain-error";
import { givenUp, isAllowedFrom } from "~/features/job-runs/allowed";
import type { Jobs } from "~/features/job-runs/kinds/job";
import { undoEndedOn } from "~/features/job-runs/retention/undo-window";
import { statusInSentence, toRunStatus } from "~/features/job-runs/status";
import { parseJson } from "~/features/json-column";
import type { Tx } from "~/ports/db.server";
import { quote } from "~/quote";
import type { RunCommand, RunDeps } from "./change-status.server";
import { startRun } from "./start-run.server";

/** The undo of a run that is begun, or has been carried out. */
export async function findStandingUndo(tx: Tx, runId: number): Promise<{ id: number; status: string } | null> {
  return tx.jobRun.findFirst({
    where: { undoOfId: runId, status: { notIn: [...givenUp] } },
    orderBy: { id: "asc" },
    select: { id: true, status: true },
  });
}

/**
 * Starts a run that puts back what the succeeded items of a run changed. It is planned, read and applied like any
 * other; what was changed since is listed as a conflict and left as it is. An undo may be undone.
 * @param jobs every kind
 * @throws DomainError "not-found", "conflict" (not finished, undone before, nothing to undo, ended too long
 *   ago), "invalid" (the kind has no undo)
 */
export async function undoRun(deps: RunDeps, jobs: Jobs, { runId, actor }: RunCommand): Promise<{ runId: number }> {
  const run = await deps.db.jobRun.findUnique({ where: { id: runId } });
  if (!run) throw new DomainError("not-found", `There is no run ${runId}.`);
  const job = jobs.get(run.kind);
  if (!job?.handler.undo) throw new DomainError("invalid", `A run of ${quote(run.title)} cannot be undone.`);
  requireUndoable(run, deps.clock.now());
  return startRun(deps, job.definition, {
    payload: parseJson(run.payload),
    actor,
    undoOf: run,
    within: async (tx, undoId) => {
      // A retry in between takes it up again.
      requireUndoable(await tx.jobRun.findUniqueOrThrow({ where: { id: runId } }), deps.clock.now());
      const other = await findStandingUndo(tx, runId);
      if (other && other.id !== undoId) {
        throw new DomainError(
          "conflict",
          `Run ${runId} is already undone by run ${other.id} (${statusInSentence(other.status)}). Look there.`,
        );
      }
    },
  });
}

type Undoable = {
  id: number;
  status: string;
  startedAt: Date | null;
  finishedAt: Date | null;
  itemsRemovedAt: Date | null;
};

function requireUndoable(run: Undoable, now: Date): void {
  const { id, status } = run;
  if (!isAllowedFrom("undo", toRunStatus(status))) {
    throw new DomainError(
      "conflict",
      `Run ${id} is ${statusInSentence(status)}. Wait until it ends or cancel it, then undo it.`,
    );
  }
  const endedOn = undoEndedOn(run, now);
  if (endedOn !== null) {
    throw new DomainError(
      "conflict",
      `Run ${id} could be undone until ${endedOn}. Its items and what it moved to trash/ are no longer kept. Start a new run instead.`,
    );
  }
}
