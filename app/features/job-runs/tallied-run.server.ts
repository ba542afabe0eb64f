import { z } from "zod";
import type { Db, Prisma } from "~/ports/db.server";
import type { PlanSummary } from "./handler";
import type { RunView } from "./run-view";
import { isFinished, toRunStatus } from "./status";

export type Tally = { succeeded: number; failed: number; skipped: number };

const planSummary: z.ZodType<PlanSummary> = z.object({
  bytes: z.number().optional(),
  s3Calls: z.number().optional(),
  usd: z.number().optional(),
  conflicts: z.object({ count: z.number(), sample: z.array(z.string()) }).optional(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
});

export const doneOf = (tally: Tally) => tally.succeeded + tally.failed + tally.skipped;

/** What the chunks of these runs tally to, by run; a run without chunks is not among them. */
export async function readTallies(db: Db, runIds: number[]): Promise<Map<number, Tally>> {
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

/** A row with its tally as pages and scripts show it. */
export function toRunView(
  row: Prisma.JobRunGetPayload<object>,
  tally: Tally = { succeeded: 0, failed: 0, skipped: 0 },
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
    summary: row.summary === null ? null : planSummary.parse(JSON.parse(row.summary)),
    planned: row.planned,
    ...tally,
    done,
    ratePerSecond,
    etaSeconds:
      isFinished(row.status) || row.status === "paused" || !ratePerSecond ? null : (row.planned - done) / ratePerSecond,
    seconds,
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
