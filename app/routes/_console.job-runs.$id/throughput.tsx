import { type ComponentType, useEffect, useState } from "react";
import type { Step } from "~/components/charts/throughput-chart";
import { Panel } from "~/components/ui/panel";
import { TextSummary } from "~/components/ui/text-link";
import { clockTime, count, duration } from "~/features/format";

const sum = ({ succeeded, failed, skipped }: Step) => succeeded + failed + skipped;

const outcomes = [
  { name: "succeeded", swatch: "bg-accent" },
  { name: "failed", swatch: "bg-bad" },
  { name: "skipped", swatch: "bg-control" },
] as const;

/** How much the run did over time, by outcome: as a chart, in one sentence, and as a table. */
export function Throughput({ steps }: { steps: Step[] }) {
  const chart = useChart();
  const [first] = steps;
  if (!first || steps.every((step) => sum(step) === 0)) return null;
  const busiest = steps.reduce((most, step) => (sum(step) > sum(most) ? step : most), first);
  const each = duration(first.width / 1000);
  return (
    <Panel
      title="Items over time"
      aside={
        <ul className="flex flex-wrap gap-x-4 text-xs text-muted">
          {outcomes.map(({ name, swatch }) => (
            <li key={name} className="flex items-center gap-1.5">
              <span aria-hidden className={`size-2.5 rounded-[2px] ${swatch}`} />
              {name}
            </li>
          ))}
        </ul>
      }
    >
      <figure>
        <div aria-hidden className="h-40">
          {typeof chart === "object" && <chart.Bars steps={steps} />}
          {chart === "failed" && (
            <p className="text-sm text-muted">The chart did not load; the table has its numbers.</p>
          )}
        </div>
        <figcaption className="mt-2 text-xs text-muted">
          Items finished per {each}; the busiest step, from {clockTime(busiest.at)} UTC, finished {count(sum(busiest))}.
          (Counts appear a block at a time.)
        </figcaption>
      </figure>
      <details className="mt-2 text-sm">
        <TextSummary className="text-xs">As a table</TextSummary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section tabIndex={0} aria-label="Items over time" className="mt-2 max-h-60 overflow-y-auto">
          <table className="w-full text-right text-xs tabular-nums">
            <thead className="text-muted">
              <tr>
                <th className="text-left font-medium">From (UTC)</th>
                {outcomes.map(({ name }) => (
                  <th key={name} className="font-medium">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {steps
                .filter((step) => sum(step) > 0)
                .map((step) => (
                  <tr key={step.at.getTime()} className="border-t border-line">
                    <td className="py-1 text-left">{clockTime(step.at)}</td>
                    {outcomes.map(({ name }) => (
                      <td key={name}>{count(step[name])}</td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        </section>
      </details>
    </Panel>
  );
}

/** Charts weigh more than the rest of the page: they come after it, to browsers only. */
function useChart(): { Bars: ComponentType<{ steps: Step[] }> } | "loading" | "failed" {
  const [chart, setChart] = useState<ReturnType<typeof useChart>>("loading");
  useEffect(() => {
    import("~/components/charts/throughput-chart").then(
      ({ ThroughputChart }) => setChart({ Bars: ThroughputChart }),
      () => setChart("failed"),
    );
  }, []);
  return chart;
}
