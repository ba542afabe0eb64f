import { DomainError } from "~/features/domain-error";
import { moveRun, type RunCommand, type RunDeps, type RunMove } from "./change-status.server";

/**
 * Stops a run where it is, to be resumed. Workers let go of it within 2 s; items in flight end or stay open.
 * @throws DomainError "not-found", "conflict" (not under way)
 */
export async function pauseRun(deps: RunDeps, command: RunCommand): Promise<void> {
  await moveRun(deps, command, {
    verb: "pause",
    from: ["pending", "running"],
    data: { status: "paused", pauseReason: null },
  });
}

/** For `moveRunWithin`, where more belongs into the transaction. */
export const toResume: RunMove = {
  verb: "resume",
  from: ["paused"],
  data: { status: "pending", pauseReason: null, failedAlike: null },
};

/**
 * Lets a paused run go on from where it stopped. What fails alike from now on is counted from the start.
 * @throws DomainError "not-found", "conflict" (not paused)
 */
export async function resumeRun(deps: RunDeps, command: RunCommand): Promise<void> {
  await moveRun(deps, command, toResume);
}

/**
 * Ends a run that is not finished. Items that are done stay done; workers let go of the rest within 2 s.
 * @throws DomainError "not-found", "conflict" (finished before)
 */
export async function cancelRun(deps: RunDeps, command: RunCommand): Promise<void> {
  await moveRun(deps, command, {
    verb: "cancel",
    from: ["planning", "planned", "pending", "running", "paused"],
    data: { status: "cancelled", finishedAt: deps.clock.now(), leaseUntil: null, pauseReason: null },
    refuse: (run) =>
      new DomainError("conflict", `Run ${run.id} is already ${run.status}; there is nothing left to cancel.`),
  });
}
