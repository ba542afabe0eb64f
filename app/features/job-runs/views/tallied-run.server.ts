import { planSummary } from "~/features/job-runs/kinds/plan-summary";
import { isFinished, toRunStatus } from "~/features/job-runs/status";
import { jsonColumn } from "~/features/json-column";
import type { Clock } from "~/ports/clock.server";
import type { Db, Prisma } from "~/ports/db.server";
import { readStandstills, type Standstill } from "./read-standstills.server";
import type { RunView } from "./run-view";

type Tally = { succeeded: number; failed: number; skipped: number };

const doneOf = (tally: Tally) => tally.succeeded + tally.failed + tally.skipped;

/** What the chunks of these runs tally to, by run; a run without chunks is not among them. */
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

/** Rows with their tallies, in their order, as pages and scripts show them. */
export async function toRunViews(
  { db, clock }: { db: Db; clock: Clock },
  rows: Prisma.JobRunGetPayload<object>[],
): Promise<RunView[]> {
  const now = clock.now();
  const unfinished = rows.filter(({ status }) => !isFinished(status)).map(({ id }) => id);
  const [tallies, standstills] = await Promise.all([
    readTallies(
      db,
      rows.map(({ id }) => id),
    ),
    readStandstills(db, unfinished, now),
  ]);
  return rows.map((row) => toRunView(row, tallies.get(row.id), standstills.get(row.id), now));
}

function toRunView(
  row: Prisma.JobRunGetPayload<object>,
  tally: Tally = { succeeded: 0, failed: 0, skipped: 0 },
  { waiting, parked }: Standstill = { waiting: null, parked: null },
  now: Date,
): RunView {
  const done = doneOf(tally);
  const end = row.finishedAt ?? now;
  const seconds = row.startedAt ? (end.getTime() - row.startedAt.getTime()) / 1000 : null;
  const ratePerSecond = seconds && done > 0 ? done / seconds : null;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    status: toRunStatus(row.status),
    lane: row.lane === 0 ? "interactive" : "bulk",
    actorName: row.actorName,
    autoApply: row.autoApply,
    undoOfId: row.undoOfId,
    itemsRemovedAt: row.itemsRemovedAt,
    planHash: row.planHash,
    summary: jsonColumn(planSummary).nullable().parse(row.summary),
    planned: row.planned,
    ...tally,
    done,
    ratePerSecond,
    etaSeconds:
      isFinished(row.status) || row.status === "paused" || waiting || parked || !ratePerSecond
        ? null
        : (row.planned - done) / ratePerSecond,
    seconds,
    error: row.error,
    pauseReason: row.pauseReason,
    pausedUntil: row.pauseReason === null ? null : row.pausedUntil,
    waiting: row.status === "running" ? waiting : null,
    parked,
    createdAt: row.createdAt,
    plannedAt: row.plannedAt,
    expiresAt: row.expiresAt,
    appliedAt: row.appliedAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    asOf: now,
  };
}
