import { DomainError } from "~/features/domain-error";
import { statusInSentence } from "~/features/job-runs/status";
import { changeStatus, type RunCommand, type RunDeps, type StatusChange } from "./change-status.server";

/**
 * Stops a run where it is, to be resumed. Workers let go of it within 2 s; items in flight end or stay open.
 * @throws DomainError "not-found", "conflict" (not under way)
 */
export async function pauseRun(deps: RunDeps, command: RunCommand): Promise<void> {
  await changeStatus(deps, command, {
    verb: "pause",
    data: { status: "paused", pauseReason: null },
  });
}

/** For `changeStatusWithin`, where more belongs into the transaction. */
export const toResume: StatusChange = {
  verb: "resume",
  data: { status: "pending", pauseReason: null, failedAlike: null },
};

/**
 * Lets a paused run go on from where it stopped. What fails alike from now on is counted from the start.
 * @throws DomainError "not-found", "conflict" (not paused)
 */
export async function resumeRun(deps: RunDeps, command: RunCommand): Promise<void> {
  await changeStatus(deps, command, toResume);
}

/**
 * Ends a run that is not finished. Items that are done stay done; workers let go of the rest within 2 s.
 * @throws DomainError "not-found", "conflict" (finished before)
 */
export async function cancelRun(deps: RunDeps, command: RunCommand): Promise<void> {
  await changeStatus(deps, command, {
    verb: "cancel",
    data: { status: "cancelled", finishedAt: deps.clock.now(), leaseUntil: null, pauseReason: null },
    refuse: (run) =>
      new DomainError(
        "conflict",
        `Run ${run.id} is already ${statusInSentence(run.status)}; there is nothing left to cancel.`,
      ),
  });
}
