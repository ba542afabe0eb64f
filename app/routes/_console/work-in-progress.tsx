import { Link } from "@remix-run/react";
import { Activity } from "lucide-react";
import { percent, plural } from "~/components/format";
import { cx } from "~/components/ui/cx";
import { Progress } from "~/components/ui/progress";

export type WorkInProgress = {
  runs: number;
  done: number;
  /** Items of those runs that are planned so far. */
  planned: number;
};

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
  const words = isWorking
    ? `${plural(work.runs, "run")}${work.planned > 0 ? ` · ${percent(work.done, work.planned)}` : " · planning"}`
    : "No work in progress";
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
