import { StackedSteps } from "~/components/charts/stacked-steps";
import { Panel } from "~/components/ui/panel";
import { Progress } from "~/components/ui/progress";
import { attributeWords } from "~/features/attribute-words";
import { count, percent } from "~/features/format";
import type { LabelProgress } from "~/features/labeling/progress/read-label-progress.server";

const outcomes = [
  { name: "labeled", label: "labeled", fill: "var(--accent)", swatch: "bg-accent" },
  { name: "refused", label: "refused", fill: "var(--warn)", swatch: "bg-warn" },
  { name: "unusable", label: "unusable", fill: "var(--control)", swatch: "bg-control" },
  { name: "failed", label: "failed", fill: "var(--bad)", swatch: "bg-bad" },
  { name: "heldUp", label: "held up", fill: "var(--line-strong)", swatch: "bg-line-strong" },
] as const;

/** What the calls came to over time, and how much of what the run is about has accepted labels. */
export function ProgressTab({ progress: { steps, coverage } }: { progress: LabelProgress }) {
  return (
    <div className="flex flex-col gap-4">
      <StackedSteps
        title="Calls over time"
        what="Calls that ended"
        note="An image whose answer was unusable is asked about once more."
        steps={steps}
        series={outcomes}
      />
      <Panel title="Coverage" aside={<p className="text-sm text-muted">accepted labels of this run’s images</p>}>
        <dl className="flex flex-col gap-2 text-sm tabular-nums">
          {coverage.map(({ attribute, labeled, stale, eligible }) => (
            <div key={attribute} className="flex flex-wrap items-baseline gap-x-4">
              <dt className="w-28 shrink-0">{attributeWords(attribute)}</dt>
              <dd className="flex grow flex-wrap items-baseline gap-x-4">
                <span className="w-40">
                  <Progress label={`Coverage of ${attributeWords(attribute)}`} done={labeled} total={eligible} />
                </span>
                <span>
                  {count(labeled)} of {count(eligible)}
                </span>
                <span className="text-muted">{percent(labeled, eligible)}</span>
                {stale > 0 && <span className="text-warn">{count(stale)} stale</span>}
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
    </div>
  );
}
