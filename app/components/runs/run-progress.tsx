import { Progress } from "~/components/ui/progress";
import { count, duration, rate } from "~/features/format";
import { isFinished } from "~/features/job-runs/status";
import type { RunNumbers } from "./run-numbers";
import { RunStandstill } from "./run-standstill";

/** How far a run is: done of total, rate, time left, outcomes. Read aloud when the state changes, not at each item. */
export function RunProgress({ run, done }: { run: RunNumbers; done: string }) {
  const isOver = isFinished(run.status);
  return (
    <div>
      <Progress
        label={`Progress of ${run.title}`}
        done={run.done}
        total={run.status === "planning" ? null : run.planned}
      />
      <p className="mt-3 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm text-muted tabular-nums">
        <span className="text-base font-medium text-ink">
          {run.status === "planning"
            ? `${count(run.planned)} found so far`
            : `${count(run.done)} of ${count(run.planned)}`}
        </span>
        {run.ratePerSecond !== null && run.status !== "paused" && <span>{rate(run.ratePerSecond)}</span>}
        {run.etaSeconds !== null && <span>{duration(run.etaSeconds)} left</span>}
        {isOver && run.seconds !== null && <span>took {duration(run.seconds)}</span>}
        {run.done > 0 && (
          <span className="sm:ml-auto">
            {count(run.succeeded)} {done} · {count(run.failed)} failed · {count(run.skipped)} skipped
          </span>
        )}
      </p>
      <RunStandstill run={run} />
    </div>
  );
}
