import { count, duration, rate } from "~/features/format";
import type { LabelRunView } from "~/features/labeling/views/read-label-run.server";

/** What a finished run came to: nothing moves any more, so there is no bar. */
export function Outcome({ run }: Pick<LabelRunView, "run">) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm text-muted tabular-nums">
      <span className="font-medium text-ink">
        {`${count(run.succeeded)} answered · ${count(run.failed)} failed · ${count(run.skipped)} skipped`}
      </span>
      {run.done < run.planned && <span>of {count(run.planned)}</span>}
      {run.seconds !== null && <span>took {duration(run.seconds)}</span>}
      {run.ratePerSecond !== null && <span>{rate(run.ratePerSecond)}</span>}
    </p>
  );
}
