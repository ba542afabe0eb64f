import { Link } from "@remix-run/react";
import { Activity } from "lucide-react";
import { cx } from "~/components/ui/cx";
import { Progress } from "~/components/ui/progress";
import { percent, plural } from "~/features/format";

export type WorkInProgress = {
  runs: number;
  done: number;
  /** Items of those runs that are planned so far. */
  planned: number;
  /** Those of the runs that do nothing for now. */
  waiting: number;
  /** Runs that paused themselves: someone has to resume or cancel them. */
  paused: number;
};

/** “2 runs · 63 % · 1 paused” */
function workWords({ runs, done, planned, waiting, paused }: WorkInProgress): string {
  if (runs === 0) return paused > 0 ? `${plural(paused, "run")} paused` : "No work in progress";
  const progress = planned > 0 ? percent(done, planned) : "planning";
  const standing = waiting === 0 ? null : waiting === runs ? "waiting" : `${waiting}\u00a0waiting`;
  return [plural(runs, "run"), progress, standing, paused > 0 ? `${paused}\u00a0paused` : null]
    .filter(Boolean)
    .join(" · ");
}

/** The rail's foot: what is under way, leading to it. */
export function WorkInProgressLink({
  work,
  isWide,
  onNavigate,
}: {
  work: WorkInProgress;
  isWide: boolean;
  onNavigate?: () => void;
}) {
  const isWorking = work.runs > 0;
  const words = workWords(work);
  return (
    <Link
      to="/job-runs"
      onClick={onNavigate}
      title={words}
      className={cx(
        "block border-t border-line px-4.5 py-3 text-xs text-muted tabular-nums -outline-offset-2 hover:bg-hover hover:text-ink max-sm:min-h-11",
        !isWide && "max-lg:px-2 max-lg:text-center",
      )}
    >
      <Activity
        aria-hidden
        className={cx("mx-auto size-4 lg:hidden", isWide && "hidden", isWorking && "text-accent")}
      />
      <span className={isWide ? undefined : "max-lg:sr-only"}>{words}</span>
      {isWorking && (
        <span className="mt-2 block">
          <Progress label="Work in progress" done={work.done} total={work.planned > 0 ? work.planned : null} />
        </span>
      )}
    </Link>
  );
}
