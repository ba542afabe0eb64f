import { useChart } from "~/components/charts/use-chart";
import { Panel } from "~/components/ui/panel";
import { TextSummary } from "~/components/ui/text-link";
import { bytes } from "~/features/format";
import type { OwnerTile } from "~/features/storage-totals/views/storage-view";

const loadTreemap = () => import("~/components/charts/treemap-chart").then(({ TreemapChart }) => TreemapChart);

/** The owners with the most and their largest articles: as areas, and as a table. */
export function OwnersMap({ tiles }: { tiles: OwnerTile[] }) {
  const chart = useChart(loadTreemap);
  if (tiles.length === 0) return null;
  const areas = tiles.map(({ label, parts }) => ({
    label,
    parts: parts.map((part) => ({ label: part.rest ? `${label}: other` : part.label, value: part.bytes })),
  }));
  return (
    <Panel title="Owners and articles">
      <figure>
        <div aria-hidden className="h-64">
          {typeof chart === "object" && <chart.Chart areas={areas} write={bytes} />}
          {chart === "failed" && (
            <p className="text-sm text-muted">The chart did not load; the table has its numbers.</p>
          )}
        </div>
        <figcaption className="mt-1 text-xs text-muted">
          Images of the owners with the most, each area as large as its bytes
        </figcaption>
        <details className="mt-1 text-sm">
          <TextSummary className="text-xs">As a table</TextSummary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section tabIndex={0} aria-label="Owners and articles" className="mt-2 max-h-60 overflow-y-auto">
            <table className="w-full text-right text-xs tabular-nums">
              <thead className="text-muted">
                <tr>
                  <th className="text-left font-medium">Owner</th>
                  <th className="text-left font-medium">Article</th>
                  <th className="font-medium">Size</th>
                </tr>
              </thead>
              <tbody>
                {tiles.flatMap(({ name, label, parts }) =>
                  parts.map((part) => (
                    <tr key={`${name} ${part.label}`} className="border-t border-line">
                      <td className="py-1 text-left [overflow-wrap:anywhere]">{label}</td>
                      <td className="text-left [overflow-wrap:anywhere]">{part.label}</td>
                      <td>{bytes(part.bytes)}</td>
                    </tr>
                  )),
                )}
              </tbody>
            </table>
          </section>
        </details>
      </figure>
    </Panel>
  );
}
