import type { ComponentType } from "react";
import { Panel } from "~/components/ui/panel";
import { TextSummary } from "~/components/ui/text-link";
import { clockTime, count, duration } from "~/features/format";
import type { StackedProps } from "./stacked-chart";
import { useChart } from "./use-chart";

type StackedStepsProps<Name extends string> = StackedProps<Name> & {
  /** “Items over time” */
  title: string;
  /** “Items finished”, “Calls that ended” */
  what: string;
  /** When what is counted shows: “Counts appear a block at a time.” */
  note?: string;
};

/** Counts over time by kind: as a chart, in one sentence, and as a table. Nothing while all are zero. */
export function StackedSteps<Name extends string>(props: StackedStepsProps<Name>) {
  const { title, what, note, steps, series } = props;
  const chart = useChart<StackedProps<Name>>(loadChart);
  const sum = (step: Record<Name, number>) => series.reduce((total, { name }) => total + step[name], 0);
  const [first] = steps;
  if (!first || steps.every((step) => sum(step) === 0)) return null;
  const busiest = steps.reduce((most, step) => (sum(step) > sum(most) ? step : most), first);
  const each = duration(first.width / 1000);
  return (
    <Panel
      title={title}
      aside={
        <ul className="flex flex-wrap gap-x-4 text-xs text-muted">
          {series.map(({ name, label, swatch }) => (
            <li key={name} className="flex items-center gap-1.5">
              <span aria-hidden className={`size-2.5 rounded-[2px] ${swatch}`} />
              {label}
            </li>
          ))}
        </ul>
      }
    >
      <figure>
        <div aria-hidden className="h-40">
          {typeof chart === "object" && <chart.Chart steps={steps} series={series} />}
          {chart === "failed" && (
            <p className="text-sm text-muted">The chart did not load; the table has its numbers.</p>
          )}
        </div>
        <figcaption className="mt-2 text-xs text-muted">
          {what} per {each}; the busiest step, from {clockTime(busiest.at)} UTC, had {count(sum(busiest))}.
          {note && ` (${note})`}
        </figcaption>
      </figure>
      <details className="mt-2 text-sm">
        <TextSummary className="text-xs">As a table</TextSummary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section tabIndex={0} aria-label={title} className="mt-2 max-h-60 overflow-y-auto">
          <table className="w-full text-right text-xs tabular-nums">
            <thead className="text-muted">
              <tr>
                <th className="text-left font-medium">From (UTC)</th>
                {series.map(({ name, label }) => (
                  <th key={name} className="font-medium">
                    {label}
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
                    {series.map(({ name }) => (
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

const loadChart = <Name extends string>(): Promise<ComponentType<StackedProps<Name>>> =>
  import("./stacked-chart").then(({ StackedChart }) => StackedChart);
