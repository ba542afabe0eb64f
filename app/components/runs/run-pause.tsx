import { CirclePause } from "lucide-react";
import type { RunView } from "~/features/job-runs/views/run-view";

/** Why a run paused itself. One that a person paused needs no such word: its timeline names them. */
export function RunPause({ run }: { run: Pick<RunView, "pauseReason"> }) {
  if (!run.pauseReason) return null;
  return (
    <div role="alert" className="flex items-start gap-3 rounded-md border border-warn bg-surface px-4 py-3">
      <CirclePause aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0">
        <p className="font-medium">This run paused itself</p>
        <p className="[overflow-wrap:anywhere] text-muted">{run.pauseReason}</p>
      </div>
    </div>
  );
}
