import { Status, type Tone } from "~/components/ui/status";
import { type RunStatus, statusWords } from "~/features/job-runs/status";
import type { RunView } from "~/features/job-runs/views/run-view";
import { isStandingStill, standstillWords } from "~/features/job-runs/views/standstill";

const tones: Record<RunStatus, Tone> = {
  planning: "busy",
  planned: "info",
  pending: "idle",
  running: "busy",
  paused: "idle",
  succeeded: "good",
  failed: "bad",
  cancelled: "idle",
};

export type Counted = Pick<
  RunView,
  "status" | "succeeded" | "failed" | "skipped" | "planned" | "done" | "pauseReason" | "waiting" | "parked"
>;

/**
 * A run's state. One that went to its end although items failed, or did nothing because all were skipped, says so; so do
 * one that paused itself, and one that waits.
 */
export function RunBadge({ run }: { run: Counted }) {
  if (run.status === "succeeded" && run.failed > 0) return <Status tone="warn">Finished, some failed</Status>;
  if (run.status === "succeeded" && run.succeeded === 0 && run.skipped > 0)
    return <Status tone="warn">Finished, all skipped</Status>;
  if (run.status === "paused" && run.pauseReason !== null) return <Status tone="warn">{statusWords.paused}</Status>;
  if (isStandingStill(run)) return <Status tone="idle">Waiting</Status>;
  return <RunState status={run.status} />;
}

/** The same for a list, with why the run does not move. */
export function RunBadgeInList({ run }: { run: Counted }) {
  const words = standstillWords(run);
  return (
    <span className={words ? "block text-left" : undefined}>
      <RunBadge run={run} />
      {words && (
        <span className="line-clamp-2 text-xs text-muted lg:max-w-72 [overflow-wrap:anywhere]" title={words}>
          {words}
        </span>
      )}
    </span>
  );
}

/** The state alone, where no one has counted items. */
export function RunState({ status }: { status: RunStatus }) {
  return <Status tone={tones[status]}>{statusWords[status]}</Status>;
}
