import { finalStatuses, inHand, isFinished } from "~/features/job-runs/status";
import { readRuns } from "~/features/job-runs/views/list-runs.server";
import type { RunView } from "~/features/job-runs/views/run-view";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { auditGroups } from "./audit-groups";

/** Where the audits of groups stand. */
export type AuditState = {
  /** The newest audit that has not ended, paused ones included; null: there is none. */
  run: RunView | null;
  /** A worker has `run`, or is about to. */
  isRunning: boolean;
  /** The last audit, if it failed and none has been started since. */
  failedRunId: number | null;
};

export async function readAuditState(deps: { db: Db; clock: Clock }): Promise<AuditState> {
  const last = (statuses: readonly string[]) =>
    deps.db.jobRun.findFirst({
      where: { kind: auditGroups.kind, status: { in: [...statuses] } },
      orderBy: { id: "desc" },
      select: { id: true },
    });
  const [open, ended] = await Promise.all([last([...inHand, "paused"]), last(finalStatuses)]);
  const id = open?.id ?? ended?.id;
  const run = id === undefined ? undefined : (await readRuns(deps, [id])).get(id);
  if (!run) return { run: null, isRunning: false, failedRunId: null };
  if (!isFinished(run.status)) return { run, isRunning: run.status !== "paused", failedRunId: null };
  return { run: null, isRunning: false, failedRunId: run.status === "failed" || run.failed > 0 ? run.id : null };
}
