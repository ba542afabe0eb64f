import { useChart } from "~/components/charts/use-chart";
import { ExportLinks } from "~/components/lists/export-links";
import { Panel } from "~/components/ui/panel";
import { TextSummary } from "~/components/ui/text-link";
import { bytes, count, dayOf, exactTime } from "~/features/format";
import type { StorageView } from "~/features/storage-totals/views/read-storage.server";

const loadLine = () => import("~/components/charts/value-chart").then(({ ValueChart }) => ValueChart);

/** How the bucket grew, by its snapshots: as a line, and as a table. */
export function GrowthPanel({ growth: { points, from, to } }: Pick<StorageView, "growth">) {
  const chart = useChart(loadLine);
  return (
    <Panel
      title="Growth"
      aside={
        <ExportLinks path="/storage-exports/growth" params={new URLSearchParams()} what="the growth of the storage" />
      }
    >
      <figure>
        <div aria-hidden className="h-40">
          {typeof chart === "object" && (
            <chart.Chart
              {...{ points, from, to }}
              bands={[]}
              write={bytes}
              writeTime={(at) => dayOf(at).replace(/ \d{4}$/, "")}
            />
          )}
          {chart === "failed" && (
            <p className="text-sm text-muted">The chart did not load; the table has its numbers.</p>
          )}
        </div>
        <figcaption className="mt-1 text-xs text-muted">Size of the bucket over 90 days, times in UTC</figcaption>
        <details className="mt-1 text-sm">
          <TextSummary className="text-xs">As a table</TextSummary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section tabIndex={0} aria-label="Growth" className="mt-2 max-h-60 overflow-y-auto">
            <table className="w-full text-right text-xs tabular-nums">
              <thead className="text-muted">
                <tr>
                  <th className="text-left font-medium">Snapshot (UTC)</th>
                  <th className="font-medium">Objects</th>
                  <th className="font-medium">Size</th>
                </tr>
              </thead>
              <tbody>
                {points.toReversed().map(({ at, value, objects }) => (
                  <tr key={at.getTime()} className="border-t border-line">
                    <td className="py-1 text-left">{exactTime(at)}</td>
                    <td>{count(objects)}</td>
                    <td>{bytes(value)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </details>
      </figure>
    </Panel>
  );
}
