import type { Clock } from "~/ports/clock.server";
import type { Db, Prisma } from "~/ports/db.server";
import type { PlanSummary } from "./handler";
import { isFinished, type RunStatus } from "./status";

/** A run as pages and scripts show it. Counts are sums of its chunks' tallies, as of `asOf`. */
export type RunView = {
  id: number;
  kind: string;
  title: string;
  status: RunStatus;
  lane: "interactive" | "bulk";
  actorName: string;
  autoApply: boolean;
  undoOfId: number | null;
  /** When its items were removed: undo has expired. */
  itemsRemovedAt: Date | null;
  planHash: string | null;
  summary: PlanSummary | null;
  planned: number;
  succeeded: number;
  failed: number;
  skipped: number;
  /** succeeded + failed + skipped */
  done: number;
  /** Items a second since the run began; null before its first outcome. */
  ratePerSecond: number | null;
  /** Null when finished, paused or not yet known. */
  etaSeconds: number | null;
  /** Wall time from start to finish (or now), in seconds. */
  seconds: number | null;
  failures: { errorClass: string; count: number; sample: string }[];
  /** Why the run itself could not go on. */
  error: string | null;
  createdAt: Date;
  plannedAt: Date | null;
  /** When its plan grows stale. */
  expiresAt: Date | null;
  appliedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  asOf: Date;
};

type Deps = { db: Db; clock: Clock };
type RunRow = Prisma.JobRunGetPayload<object>;
type Tally = { succeeded: number; failed: number; skipped: number };

/** One run with its counts, or null. */
export async function readRun({ db, clock }: Deps, runId: number): Promise<RunView | null> {
  const row = await db.jobRun.findUnique({ where: { id: runId } });
  if (!row) return null;
  const tallies = await readTallies(db, [runId]);
  const view = toView(row, tallies.get(runId), clock.now());
  return { ...view, failures: view.failed > 0 ? await readFailures(db, runId) : [] };
}

/** Failed items by class, each class with the sentence of its first item. */
async function readFailures(db: Db, runId: number): Promise<RunView["failures"]> {
  const groups = await db.jobItem.groupBy({
    by: ["errorClass"],
    where: { runId, outcome: "failed" },
    _count: { _all: true },
    orderBy: { errorClass: "asc" },
  });
  return Promise.all(
    groups.map(async ({ errorClass, _count }) => {
      const first = await db.jobItem.findFirst({
        where: { runId, outcome: "failed", errorClass },
        orderBy: { seq: "asc" },
        select: { error: true },
      });
      return { errorClass: errorClass ?? "internal", count: _count._all, sample: first?.error ?? "" };
    }),
  );
}

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

/** Runs, newest first, 50 a page (from 1), with the number that match. Failures by class are left to readRun. */
export async function listRuns(
  { db, clock }: Deps,
  filter: RunFilter & { status?: string | undefined; page?: number | undefined },
): Promise<{ runs: Omit<RunView, "failures">[]; total: number; pageSize: number }> {
  const pageSize = 50;
  const where = { ...toWhere(filter), ...(filter.status !== undefined && { status: filter.status }) };
  const [rows, total] = await Promise.all([
    db.jobRun.findMany({ where, orderBy: { id: "desc" }, take: pageSize, skip: ((filter.page ?? 1) - 1) * pageSize }),
    db.jobRun.count({ where }),
  ]);
  const tallies = await readTallies(
    db,
    rows.map((row) => row.id),
  );
  const now = clock.now();
  return { runs: rows.map((row) => toView(row, tallies.get(row.id), now)), total, pageSize };
}

/** Runs by id, without their failures by class. */
export async function readRuns({ db, clock }: Deps, ids: number[]): Promise<Map<number, Omit<RunView, "failures">>> {
  const [rows, tallies] = await Promise.all([db.jobRun.findMany({ where: { id: { in: ids } } }), readTallies(db, ids)]);
  const now = clock.now();
  return new Map(rows.map((row) => [row.id, toView(row, tallies.get(row.id), now)]));
}

/** Work that is under way: runs being planned or carried out, with their items. */
export async function readWorkInProgress({ db }: { db: Db }): Promise<{ runs: number; done: number; planned: number }> {
  const rows = await db.jobRun.findMany({
    where: { status: { in: ["planning", "pending", "running"] } },
    select: { id: true, planned: true },
  });
  const tallies = await readTallies(
    db,
    rows.map((row) => row.id),
  );
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    runs: rows.length,
    planned: sum(rows.map((row) => row.planned)),
    done: sum([...tallies.values()].map(doneOf)),
  };
}

const doneOf = (tally: Tally) => tally.succeeded + tally.failed + tally.skipped;

async function readTallies(db: Db, runIds: number[]): Promise<Map<number, Tally>> {
  const groups = await db.jobChunk.groupBy({
    by: ["runId"],
    where: { runId: { in: runIds } },
    _sum: { succeeded: true, failed: true, skipped: true },
  });
  return new Map(
    groups.map(({ runId, _sum }) => [
      runId,
      { succeeded: _sum.succeeded ?? 0, failed: _sum.failed ?? 0, skipped: _sum.skipped ?? 0 },
    ]),
  );
}

function toView(row: RunRow, tally: Tally = { succeeded: 0, failed: 0, skipped: 0 }, now: Date): RunView {
  const done = doneOf(tally);
  const end = row.finishedAt ?? now;
  const seconds = row.startedAt ? (end.getTime() - row.startedAt.getTime()) / 1000 : null;
  const ratePerSecond = seconds && done > 0 ? done / seconds : null;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    status: row.status as RunStatus,
    lane: row.lane === 0 ? "interactive" : "bulk",
    actorName: row.actorName,
    autoApply: row.autoApply,
    undoOfId: row.undoOfId,
    itemsRemovedAt: row.itemsRemovedAt,
    planHash: row.planHash,
    summary: row.summary === null ? null : (JSON.parse(row.summary) as PlanSummary),
    planned: row.planned,
    ...tally,
    done,
    ratePerSecond,
    etaSeconds:
      isFinished(row.status) || row.status === "paused" || !ratePerSecond ? null : (row.planned - done) / ratePerSecond,
    seconds,
    failures: [],
    error: row.error,
    createdAt: row.createdAt,
    plannedAt: row.plannedAt,
    expiresAt: row.expiresAt,
    appliedAt: row.appliedAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    asOf: now,
  };
}
