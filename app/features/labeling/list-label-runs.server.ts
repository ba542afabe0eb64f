import { listRuns, type RunView } from "~/features/job-runs/read-run.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { type LabelRunScope, labelRun, labelRunScope } from "./label-run";

/** A row of the page of label runs. Dollars in USD; `quoteUsd` is null before the run is planned. */
export type LabelRunRow = {
  id: number;
  run: Omit<RunView, "failures">;
  scope: LabelRunScope;
  promptName: string;
  promptVersion: number;
  quoteUsd: number | null;
  budgetUsd: number | null;
  spentUsd: number;
  proposals: number;
};

/** Label runs, newest first, 50 a page (from 1), with the number that there are. */
export async function listLabelRuns(
  { db, clock }: { db: Db; clock: Clock },
  { page }: { page: number },
): Promise<{ rows: LabelRunRow[]; total: number; pageSize: number }> {
  const { runs, total, pageSize } = await listRuns({ db, clock }, { kind: labelRun.kind, page });
  const labelRuns = await db.labelRun.findMany({
    where: { jobRunId: { in: runs.map((run) => run.id) } },
    include: { promptVersion: { select: { name: true, version: true } }, _count: { select: { proposals: true } } },
  });
  const spent = await db.modelCall.groupBy({
    by: ["labelRunId"],
    where: { labelRunId: { in: labelRuns.map(({ id }) => id) } },
    _sum: { usd: true },
  });
  const rows = runs.flatMap((run): LabelRunRow[] => {
    const row = labelRuns.find(({ jobRunId }) => jobRunId === run.id);
    if (!row) return [];
    return [
      {
        id: row.id,
        run,
        scope: labelRunScope.parse(JSON.parse(row.scope)),
        promptName: row.promptVersion.name,
        promptVersion: row.promptVersion.version,
        quoteUsd: row.quoteUsd,
        budgetUsd: row.budgetUsd,
        spentUsd: spent.find(({ labelRunId }) => labelRunId === row.id)?._sum.usd ?? 0,
        proposals: row._count.proposals,
      },
    ];
  });
  return { rows, total, pageSize };
}
