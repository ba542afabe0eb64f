import { Status, type Tone } from "~/components/ui/status";
import type { RunStatus as RunStatusName } from "~/features/job-runs/status";

const words: Record<RunStatusName, { tone: Tone; text: string }> = {
  planning: { tone: "busy", text: "Planning" },
  planned: { tone: "info", text: "Planned" },
  pending: { tone: "idle", text: "Waiting for a worker" },
  running: { tone: "busy", text: "Running" },
  paused: { tone: "idle", text: "Paused" },
  succeeded: { tone: "good", text: "Succeeded" },
  failed: { tone: "bad", text: "Failed" },
  cancelled: { tone: "idle", text: "Cancelled" },
};

type Counted = { status: RunStatusName; succeeded: number; failed: number; skipped: number };

/** A run's state. One that went to its end although items failed, or did nothing because all were skipped, says so. */
export function RunStatus({ run }: { run: Counted }) {
  if (run.status === "succeeded" && run.failed > 0) return <Status tone="warn">Finished, some failed</Status>;
  if (run.status === "succeeded" && run.succeeded === 0 && run.skipped > 0)
    return <Status tone="warn">Finished, all skipped</Status>;
  return <RunState status={run.status} />;
}

/** The state alone, where nobody has counted items. */
export function RunState({ status }: { status: RunStatusName }) {
  const { tone, text } = words[status];
  return <Status tone={tone}>{text}</Status>;
}
