import { Link } from "@remix-run/react";
import { type Column, Table } from "~/components/lists/table";
import { Time } from "~/components/time";
import { count, duration, percent } from "~/features/format";
import { RunBadgeInList } from "./run-badge";
import type { RunNumbers } from "./run-numbers";

type Row = RunNumbers & { page: string };

const columns: Column<Row>[] = [
  {
    header: "Run",
    isLead: true,
    cell: (run) => (
      <Link to={run.page} className="row-link font-medium">
        {run.title} <span className="font-normal text-muted">{run.id}</span>
      </Link>
    ),
  },
  { header: "State", cell: (run) => <RunBadgeInList run={run} /> },
  {
    header: "Done",
    align: "end",
    cell: (run) => (
      <span>
        {count(run.done)} of {count(run.planned)}
        {run.status === "running" && <span className="text-muted"> · {percent(run.done, run.planned)}</span>}
      </span>
    ),
  },
  {
    header: "Failed",
    align: "end",
    cell: (run) => <span className={run.failed > 0 ? "text-bad" : "text-muted"}>{count(run.failed)}</span>,
  },
  { header: "Took", align: "end", cell: (run) => (run.seconds === null ? "–" : duration(run.seconds)) },
  { header: "By", cell: (run) => <span className="text-muted">{run.actorName}</span> },
  {
    header: "Created",
    align: "end",
    cell: (run) => (
      <span className="text-muted">
        <Time at={run.createdAt} />
      </span>
    ),
  },
];

export function RunTable({ caption, runs }: { caption: string; runs: Row[] }) {
  return <Table caption={caption} columns={columns} rows={runs} rowKey={(run) => run.id} />;
}
