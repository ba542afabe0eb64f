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

/** A run's state. One that went to its end although items failed says so. */
export function RunStatus({ run }: { run: { status: RunStatusName; failed: number } }) {
  if (run.status === "succeeded" && run.failed > 0) return <Status tone="warn">Finished, some failed</Status>;
  const { tone, text } = words[run.status];
  return <Status tone={tone}>{text}</Status>;
}
