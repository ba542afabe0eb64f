import { CheckChart } from "~/components/checks/check-chart";
import { toneOf } from "~/components/checks/levels";
import { Time } from "~/components/time";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { capitalized, count, percent, plural } from "~/features/format";
import { figure } from "~/features/monitoring/figure";
import type { LabelingView } from "~/features/monitoring/overview/read-measured.server";

/** How labeling gets on: its verdict, its rate over the last days, and how many images have a proposal. */
export function LabelingPanel({ labeling, asOf }: { labeling: LabelingView | null; asOf: Date }) {
  if (labeling === null) return null;
  const { last, chart, from, days, proposed } = labeling;
  return (
    <Panel
      title={`Labeling rate over ${plural(days, "day")}`}
      aside={<Status tone={toneOf[last.level]}>{capitalized(last.verdict)}</Status>}
    >
      <div className="space-y-3 text-sm">
        <p className="flex flex-wrap items-baseline gap-x-3 text-muted">
          {last.value !== null && (
            <span className="text-lg text-ink tabular-nums">{figure(last.value, chart.unit)}</span>
          )}
          <span>
            as of <Time at={last.at} />
          </span>
          {proposed && (
            <TextLink to="/label-runs">
              {count(proposed.images)} of {plural(proposed.of, "image")} have a proposal,{" "}
              {percent(proposed.images, proposed.of)}
            </TextLink>
          )}
        </p>
        <p className="[overflow-wrap:anywhere]">{last.sentence}</p>
        {chart.points.some(({ value }) => value !== null) && <CheckChart check={chart} from={from} to={asOf} />}
        <TextLink to={`/monitoring?days=${days}#${chart.name}`}>See the check of labeling</TextLink>
      </div>
    </Panel>
  );
}
