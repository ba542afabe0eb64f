import { Link } from "@remix-run/react";
import { labelRunName } from "~/components/labels/label-run-name";
import type { Column } from "~/components/lists/table";
import { RunBadgeInList } from "~/components/runs/run-badge";
import { Time } from "~/components/time";
import { count, dollars } from "~/features/format";
import type { LabelRunRow } from "~/features/labeling/views/list-label-runs.server";

export const labelRunColumns: Column<LabelRunRow & { images: string }>[] = [
  {
    header: "Label run",
    isLead: true,
    cell: ({ runId, scope, promptVersion }) => (
      <Link to={`/label-runs/${runId}`} className="row-link font-medium">
        {labelRunName(runId, scope.prompt, promptVersion)}
      </Link>
    ),
  },
  { header: "State", cell: ({ run }) => <RunBadgeInList run={run} /> },
  { header: "About", cell: ({ images }) => images },
  {
    header: "Answered",
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
    header: "Created",
    align: "end",
    cell: ({ run }) => (
      <span className="text-muted">
        <Time at={run.createdAt} />
      </span>
    ),
  },
];
