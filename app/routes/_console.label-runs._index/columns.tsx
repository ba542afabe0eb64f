import { Link } from "@remix-run/react";
import { count, dollars } from "~/components/format";
import { RunStatus } from "~/components/runs/run-status";
import { Time } from "~/components/time";
import type { Column } from "~/components/ui/table";
import type { LabelRunRow } from "~/features/labeling/list-label-runs.server";

export const labelRunColumns: Column<LabelRunRow>[] = [
  {
    header: "Label run",
    isLead: true,
    cell: ({ runId, scope, promptVersion }) => (
      <Link to={`/label-runs/${runId}`} className="row-link font-medium">
        {scope.prompt} {promptVersion !== null && `v${promptVersion}`}{" "}
        <span className="font-normal text-muted">#{runId}</span>
      </Link>
    ),
  },
  { header: "Root", cell: ({ scope }) => scope.root },
  { header: "State", cell: ({ run }) => <RunStatus run={run} /> },
  {
    header: "Labelled",
    align: "end",
    cell: ({ run }) => `${count(run.succeeded)} of ${count(run.planned)}`,
  },
  {
    header: "Failed",
    align: "end",
    cell: ({ run }) => <span className={run.failed > 0 ? "text-bad" : "text-muted"}>{count(run.failed)}</span>,
  },
  {
    header: "Spent",
    align: "end",
    cell: ({ spentUsd, budgetUsd }) => (
      <span>
        {dollars(spentUsd)} <span className="text-muted">{budgetUsd === null ? "" : `of ${dollars(budgetUsd)}`}</span>
      </span>
    ),
  },
  { header: "By", cell: ({ run }) => <span className="text-muted">{run.actorName}</span> },
  {
    header: "Started",
    align: "end",
    cell: ({ run }) => (
      <span className="text-muted">
        <Time at={run.createdAt} />
      </span>
    ),
  },
];
