import { useChart } from "~/components/charts/use-chart";
import { TextSummary } from "~/components/ui/text-link";
import { clockTime, dayOf, exactTime } from "~/features/format";
import { figure } from "~/features/monitoring/figure";
import type { CheckView } from "~/features/monitoring/views/check-view";
import { bandsOf } from "./levels";

const loadChart = () => import("~/components/charts/value-chart").then(({ ValueChart }) => ValueChart);

const DAY_MS = 24 * 60 * 60_000;
/** Lines of a chart's table: the newest. Exports have all. */
const LISTED = 24;

type CheckChartProps = { check: Pick<CheckView, "title" | "unit" | "measures" | "points">; from: Date; to: Date };

/** What a check measured over time: as a chart, and as a table. */
export function CheckChart({ check, from, to }: CheckChartProps) {
  const chart = useChart(loadChart);
  const { title, unit, points, measures } = check;
  const write = (value: number) => figure(value, unit);
  const isOneDay = to.getTime() - from.getTime() <= DAY_MS;
  const writeTime = (at: Date) => (isOneDay ? clockTime(at).slice(0, 5) : dayOf(at).replace(/ \d{4}$/, ""));
  const newest = points.slice(-LISTED).reverse();
  return (
    <figure>
      <div aria-hidden className="h-32">
        {typeof chart === "object" && (
          <chart.Chart points={points} bands={bandsOf(points, to)} {...{ from, to, write, writeTime }} />
        )}
        {chart === "failed" && <p className="text-sm text-muted">The chart did not load; the table has its numbers.</p>}
      </div>
      <figcaption className="mt-1 text-xs text-muted first-letter:uppercase">{measures}, times in UTC</figcaption>
      <details className="mt-1 text-sm">
        <TextSummary className="text-xs">As a table</TextSummary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section tabIndex={0} aria-label={`Measurements of ${title}`} className="mt-2 max-h-60 overflow-y-auto">
          <table className="w-full text-right text-xs tabular-nums">
            <thead className="text-muted">
              <tr>
                <th className="text-left font-medium">At (UTC)</th>
                <th className="font-medium">Measured</th>
              </tr>
            </thead>
            <tbody>
              {newest.map(({ at, value }) => (
                <tr key={at.getTime()} className="border-t border-line">
                  <td className="py-1 text-left">{exactTime(at)}</td>
                  <td>{value === null ? "–" : write(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}
