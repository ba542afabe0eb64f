import { RunBadge } from "~/components/runs/run-badge";
import { Time } from "~/components/time";
import { CountTitle } from "~/components/ui/count-title";
import { More } from "~/components/ui/more";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import type { RunView } from "~/features/job-runs/views/run-view";

/** The label runs that asked with this version, the newest first. */
export function Runs({ runs: { list, total } }: { runs: { list: RunView[]; total: number } }) {
  return (
    <Panel title={<CountTitle total={total}>Label runs with this version</CountTitle>}>
      {total === 0 && <p className="text-sm text-muted">None yet.</p>}
      <ul className="flex flex-col gap-1.5 text-sm empty:hidden">
        {list.map((run) => (
          <li key={run.id} className="flex flex-wrap items-baseline justify-between gap-x-3">
            <TextLink to={`/label-runs/${run.id}`}>Label run {run.id}</TextLink>
            <RunBadge run={run} />
            <span className="text-muted">
              <Time at={run.createdAt} />
            </span>
          </li>
        ))}
        <More total={total} shown={list.length} />
      </ul>
    </Panel>
  );
}
