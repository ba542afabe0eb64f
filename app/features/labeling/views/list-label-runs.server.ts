import { listRuns } from "~/features/job-runs/views/list-runs.server";
import type { RunView } from "~/features/job-runs/views/run-view";
import { jsonColumn } from "~/features/json-column";
import { type Spend, sumSpend } from "~/features/labeling/budget/sum-spend.sql.server";
import { type LabelRunScope, labelRun, labelRunScope } from "~/features/labeling/label-run";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/** A row of the page of label runs. Dollars in USD. */
export type LabelRunRow = Spend & {
  /** The label run is addressed by its job run's id. */
  runId: number;
  run: Omit<RunView, "failures">;
  scope: LabelRunScope;
  /** Null before the prompt is chosen, when the run is planned; `scope` has its name. */
  promptVersion: number | null;
  budgetUsd: number | null;
};

/** Label runs, newest first, 50 a page (from 1), with the number that there are. */
export async function listLabelRuns(
  { db, clock }: { db: Db; clock: Clock },
  { page }: { page: number },
): Promise<{ rows: LabelRunRow[]; total: number; pageSize: number }> {
  const { runs, total, pageSize } = await listRuns({ db, clock }, { kind: labelRun.kind, page });
  const labelRuns = await db.labelRun.findMany({
    where: { jobRunId: { in: runs.map((run) => run.id) } },
    include: { promptVersion: { select: { version: true } } },
  });
  const { byLabelRun } = await sumSpend({ db, clock }, { labelRunIds: labelRuns.map(({ id }) => id) });
  const rows = runs.flatMap((run): LabelRunRow[] => {
    const row = labelRuns.find(({ jobRunId }) => jobRunId === run.id);
    if (!row) return [];
    return [
      {
        runId: run.id,
        run,
        scope: jsonColumn(labelRunScope).parse(row.scope),
        promptVersion: row.promptVersion?.version ?? null,
        budgetUsd: row.budgetUsd,
        ...(byLabelRun.get(row.id) ?? { spentUsd: 0, reservedUsd: 0, unknownUsd: 0 }),
      },
    ];
  });
  return { rows, total, pageSize };
}
