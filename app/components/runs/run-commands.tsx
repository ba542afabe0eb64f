import { useHasRole } from "~/components/operator";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { isFinished, type RunStatus } from "~/features/job-runs/status";
import { ApplyButton, CancelButton, PauseButton, UndoButton } from "./run-actions";

type RunCommandsProps = {
  run: {
    status: RunStatus;
    planned: number;
    succeeded: number;
    done: number;
    planHash: string | null;
    expiresAt: Date | null;
    asOf: Date;
    summary: PlanSummary | null;
  };
  /** “Apply to 12 431 items” */
  applyLabel: string;
  /** Whether what it changed can be put back now. */
  canUndo: boolean;
};

/** A plan that nobody applied within a day; it is refused. */
export const isExpired = (run: { status: RunStatus; expiresAt: Date | null; asOf: Date }) =>
  run.status === "planned" && run.expiresAt !== null && run.expiresAt <= run.asOf;

/** What the run's status and the operator's role allow, the weightiest last. */
export function RunCommands({ run, applyLabel, canUndo }: RunCommandsProps) {
  const canAct = useHasRole("operator");
  if (!canAct) return null;
  const canApply = run.status === "planned" && run.planned > 0 && !isExpired(run);
  const isUnderWay = run.status === "pending" || run.status === "running" || run.status === "paused";
  return (
    <>
      {!isFinished(run.status) && <CancelButton run={run} />}
      {isUnderWay && <PauseButton run={run} />}
      {canApply && run.planHash && (
        <ApplyButton planHash={run.planHash} label={applyLabel} hasRisk={run.summary?.needsConsent !== undefined} />
      )}
      {canUndo && <UndoButton run={run} />}
    </>
  );
}
