import { Link } from "@remix-run/react";
import { count } from "~/components/format";
import { Panel } from "~/components/ui/panel";

type PausedRunsProps = {
  runs: { id: number; page: string; title: string; pauseReason: string | null }[];
  total: number;
};

/** Runs that paused themselves and wait for someone; nothing when there is none. */
export function PausedRuns({ runs, total }: PausedRunsProps) {
  if (total === 0) return null;
  return (
    <Panel
      title={
        <>
          Paused runs <span className="font-normal text-muted tabular-nums">{count(total)}</span>
        </>
      }
      aside={
        total > runs.length && (
          <Link to="/job-runs?status=paused" className="link inline-flex items-center text-sm max-sm:min-h-11">
            All paused runs
          </Link>
        )
      }
      isPadded={false}
      className="border-warn!"
    >
      <ul className="divide-y divide-line">
        {runs.map((run) => (
          <li key={run.id} className="px-4 py-2.5 text-sm">
            <Link to={run.page} className="link inline-flex items-center text-ink max-sm:min-h-11">
              {run.title} {run.id}
            </Link>
            <p className="text-muted [overflow-wrap:anywhere]">{run.pauseReason}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
