import { groupActions, toGroupAction } from "~/features/attribute-groups/actions/group-actions";
import { listEvents } from "~/features/audit-log/list-events.server";
import { DomainError } from "~/features/domain-error";
import { jobDefinitions } from "~/features/job-definitions";
import { isFinished } from "~/features/job-runs/status";
import { listUndos } from "~/features/job-runs/views/list-undos.server";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { readThroughput } from "~/features/job-runs/views/throughput.sql.server";
import type { Ports } from "~/ports/index.server";

type Filter = { outcome: string | undefined; errorClass: string | undefined; page: number };

/**
 * Everything that a run's page shows.
 * @throws DomainError "not-found"
 */
export async function readRunPage(ports: Pick<Ports, "db" | "clock">, runId: number, filter: Filter) {
  const run = await readRun(ports, runId);
  if (!run) throw new DomainError("not-found", `There is no run ${runId}.`);
  const [list, steps, { events }, undos, root] = await Promise.all([
    readItems(ports, { runId, ...filter }),
    readThroughput(ports, run),
    listEvents(ports, { subject: `run:${runId}` }),
    listUndos(ports, runId),
    findRootOfAction(ports, run),
  ]);
  const definition = Object.values(jobDefinitions).find(({ kind }) => kind === run.kind);
  // A move that has no outcome, or failed on its last step, has left something too; its journal tells the undo.
  const hasMovedInPart = root !== null && run.startedAt !== null && run.skipped < run.planned;
  const canUndo =
    definition?.canUndo === true &&
    isFinished(run.status) &&
    (run.succeeded > 0 || hasMovedInPart) &&
    run.itemsRemovedAt === null &&
    !undos.some(({ stands }) => stands);
  return { run, list, filter, steps, events, undos, canUndo, root };
}

/** The attribute root on whose groups a run acts; null for any other kind of run. */
async function findRootOfAction({ db }: Pick<Ports, "db">, { id, kind }: { id: number; kind: string }) {
  if (!(kind in groupActions)) return null;
  const { payload } = await db.jobRun.findUniqueOrThrow({ where: { id }, select: { payload: true } });
  return toGroupAction(kind, JSON.parse(payload))?.root ?? null;
}
