import { IN_PROGRESS, inHand } from "~/features/job-runs/status";
import type { Clock } from "~/ports/clock.server";
import type { Db, Prisma } from "~/ports/db.server";
import type { RunView } from "./run-view";
import { toRunViews } from "./tallied-run.server";

type Deps = { db: Db; clock: Clock };

/** Which runs: of a kind, of someone ("operator:3"), begun since. */
export type RunFilter = { kind?: string | undefined; actor?: string | undefined; since?: Date | undefined };

const toWhere = ({ kind, actor, since }: RunFilter): Prisma.JobRunWhereInput => ({
  ...(kind !== undefined && { kind }),
  ...(actor !== undefined && { actor }),
  ...(since !== undefined && { createdAt: { gte: since } }),
});

/** How many runs the filter keeps in each status, and who ever began one: for the tabs and lists of a page. */
export async function readRunFacets({ db }: { db: Db }, filter: RunFilter) {
  const [statuses, actors] = await Promise.all([
    db.jobRun.groupBy({ by: ["status"], where: toWhere(filter), _count: { _all: true } }),
    // Grouped by the database: `distinct` would read every run.
    db.jobRun.groupBy({ by: ["actor"], _max: { actorName: true } }),
  ]);
  return {
    counts: Object.fromEntries(statuses.map(({ status, _count }) => [status, _count._all])),
    actors: actors
      .map(({ actor, _max }) => ({ actor, actorName: _max.actorName ?? actor }))
      .sort((a, b) => a.actorName.localeCompare(b.actorName)),
  };
}

/** Runs, newest first, 50 a page (from 1) unless told otherwise, with the number that match. Failures by class are left to readRun. */
export async function listRuns(
  { db, clock }: Deps,
  { page = 1, pageSize = 50, ...filter }: RunFilter & { status?: string | undefined; page?: number; pageSize?: number },
): Promise<{ runs: RunView[]; total: number; pageSize: number }> {
  const { status } = filter;
  const inStatus = status === IN_PROGRESS ? { in: [...inHand] } : status;
  const where = { ...toWhere(filter), ...(inStatus !== undefined && { status: inStatus }) };
  const [rows, total] = await Promise.all([
    db.jobRun.findMany({ where, orderBy: { id: "desc" }, take: pageSize, skip: (page - 1) * pageSize }),
    db.jobRun.count({ where }),
  ]);
  return { runs: await toRunViews({ db, clock }, rows), total, pageSize };
}

/** Runs by id, without their failures by class. */
export async function readRuns(deps: Deps, ids: number[]): Promise<Map<number, RunView>> {
  const views = await toRunViews(deps, await deps.db.jobRun.findMany({ where: { id: { in: ids } } }));
  return new Map(views.map((view) => [view.id, view]));
}
