import { useHasRole } from "~/components/operator";
import type { RunCommandName } from "~/features/job-runs/allowed";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import type { RunStatus } from "~/features/job-runs/status";
import { ApplyButton, CancelButton, PauseButton, UndoButton } from "./run-actions";

type RunCommandsProps = {
  run: {
    status: RunStatus;
    planned: number;
    succeeded: number;
    done: number;
    planHash: string | null;
    summary: PlanSummary | null;
  };
  /** “Apply to 12 431 items” */
  applyLabel: string;
  /** What `offeredCommands` says of it. */
  offered: RunCommandName[];
};

/** What the run's status and the operator's role allow, the weightiest last. */
export function RunCommands({ run, applyLabel, offered }: RunCommandsProps) {
  const canAct = useHasRole("operator");
  if (!canAct) return null;
  const has = (...names: RunCommandName[]) => names.some((name) => offered.includes(name));
  return (
    <>
      {has("cancel") && <CancelButton run={run} />}
      {has("pause", "resume") && <PauseButton run={run} />}
      {has("apply") && run.planHash && (
        <ApplyButton planHash={run.planHash} label={applyLabel} hasRisk={run.summary?.needsConsent !== undefined} />
      )}
      {has("undo") && <UndoButton run={run} />}
    </>
  );
}
