import { Link } from "@remix-run/react";
import { useChart } from "~/components/charts/use-chart";
import { ExportLinks } from "~/components/lists/export-links";
import { type Column, Table } from "~/components/lists/table";
import { CountTitle } from "~/components/ui/count-title";
import { More } from "~/components/ui/more";
import { Panel } from "~/components/ui/panel";
import { bytes, count, dollars, percent } from "~/features/format";
import type { Dimension } from "~/features/storage-totals/dimensions";
import type { TotalRow, TotalsView } from "~/features/storage-totals/views/storage-view";

const loadBars = () => import("~/components/charts/bar-list-chart").then(({ BarListChart }) => BarListChart);

type TotalsPanelProps = {
  /** “By kind” */
  title: string;
  dimension: Dimension;
  totals: TotalsView;
  /** What they are parts of. */
  of: number;
  /** Without bars where another chart shows them. */
  hasBars?: boolean;
};

/** What each value of a dimension has: as bars, and as a table whose lines lead to their lists. */
export function TotalsPanel({ title, dimension, totals, of, hasBars = false }: TotalsPanelProps) {
  const { rows, values } = totals;
  return (
    <Panel
      title={<CountTitle total={values}>{title}</CountTitle>}
      aside={
        <ExportLinks
          path="/storage-exports/totals"
          params={new URLSearchParams({ by: dimension })}
          what={`storage ${title.toLowerCase()}`}
        />
      }
      isPadded={false}
    >
      {hasBars && <Bars rows={rows} />}
      {rows.length > 0 ? (
        <Table
          caption={`Storage ${title.toLowerCase()}`}
          columns={columnsOf(title.replace(/^By /, ""), of)}
          rows={rows}
          rowKey={({ name, ownerId }) => JSON.stringify([name, ownerId])}
        />
      ) : (
        <p className="px-4 py-3 text-sm text-muted">Nothing is counted here.</p>
      )}
      <More as="p" total={values} shown={rows.length} className="px-4 py-2 text-sm">
        ; the export has them all
      </More>
    </Panel>
  );
}

const BAR_PX = 24;

function Bars({ rows }: { rows: TotalRow[] }) {
  const chart = useChart(loadBars);
  return (
    <div aria-hidden className="px-4 pt-3" style={{ height: rows.length * BAR_PX + 48 }}>
      {typeof chart === "object" && (
        <chart.Chart bars={rows.map(({ label, bytes }) => ({ label, value: bytes }))} what="Size" write={bytes} />
      )}
      {chart === "failed" && <p className="text-sm text-muted">The chart did not load; the table has its numbers.</p>}
    </div>
  );
}

const columnsOf = (header: string, of: number): Column<TotalRow>[] => [
  {
    header: header.charAt(0).toUpperCase() + header.slice(1),
    isLead: true,
    cell: ({ label, to }) =>
      to === null ? (
        <span className="[overflow-wrap:anywhere]">{label}</span>
      ) : (
        <Link to={to} className="row-link font-medium [overflow-wrap:anywhere]">
          {label}
        </Link>
      ),
  },
  { header: "Objects", align: "end", cell: ({ objects }) => count(objects) },
  {
    header: "Size",
    align: "end",
    cell: (row) => (
      <>
        {bytes(row.bytes)} <span className="text-muted">{percent(row.bytes, of)}</span>
      </>
    ),
  },
  { header: "A month", align: "end", cell: ({ usd }) => (usd === null ? "–" : dollars(usd)) },
];
