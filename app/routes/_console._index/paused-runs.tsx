import { CountTitle } from "~/components/ui/count-title";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";

type PausedRunsProps = {
  runs: { id: number; page: string; title: string; pauseReason: string | null }[];
  total: number;
};

/** Runs that paused themselves and wait for someone; nothing when there is none. */
export function PausedRuns({ runs, total }: PausedRunsProps) {
  if (total === 0) return null;
  return (
    <Panel
      title={<CountTitle total={total}>Paused runs</CountTitle>}
      aside={
        total > runs.length && (
          <TextLink to="/job-runs?status=paused" className="text-sm">
            All paused runs
          </TextLink>
        )
      }
      isPadded={false}
      className="border-warn!"
    >
      <ul className="divide-y divide-line">
        {runs.map((run) => (
          <li key={run.id} className="px-4 py-2.5 text-sm">
            <TextLink to={run.page} className="text-ink">
              {run.title} {run.id}
            </TextLink>
            <p className="text-muted [overflow-wrap:anywhere]">{run.pauseReason}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
