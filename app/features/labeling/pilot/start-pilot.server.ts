import type { Actor } from "~/features/audit-log/record-event";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { isFinished } from "~/features/job-runs/status";
import { quoteColumn } from "~/features/labeling/quote/quote";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { PILOT_IMAGES, pilotLabelRun } from "./pilot";
import { pilotsOf } from "./pilot-guards";

/** Where a pilot of a label run stands, and what one more would cost. Dollars in USD. */
export type PilotView = {
  images: number;
  quote: { expectedUsd: number; mostUsd?: number } | null;
  /** The newest that was started. */
  last: { id: number; isOver: boolean } | null;
};

/**
 * What can be asked of a few images of a label run before it is applied.
 * @param runId of its job run
 */
export async function readPilot(db: Db, runId: number): Promise<PilotView> {
  const [last, run, quote] = await Promise.all([
    db.jobRun.findFirst({ where: pilotsOf(runId), orderBy: { id: "desc" }, select: { id: true, status: true } }),
    db.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { planned: true } }),
    readPilotQuote(db, runId),
  ]);
  return {
    images: Math.min(run.planned, PILOT_IMAGES),
    quote,
    last: last && { id: last.id, isOver: isFinished(last.status) },
  };
}

/** A pilot's part of its run's quote; null where the price is not known. */
export async function readPilotQuote(db: Db, runId: number): Promise<PilotView["quote"]> {
  const row = await db.labelRun.findUniqueOrThrow({ where: { jobRunId: runId }, select: { quote: true } });
  const quote = row.quote === null ? null : quoteColumn.parse(row.quote);
  if (!quote || quote.p50Usd === null || quote.images === 0) return null;
  const share = Math.min(PILOT_IMAGES / quote.images, 1);
  return {
    expectedUsd: quote.p50Usd * share,
    ...(quote.mostUsd !== null && { mostUsd: quote.mostUsd * share }),
  };
}

/**
 * Starts a pilot of a label run that is planned: it asks about a few of its images, which costs.
 * @throws DomainError "conflict" when the run is not planned, or a pilot of it has not ended
 */
export async function startPilot(
  deps: { db: Db; clock: Clock },
  { runId, actor }: { runId: number; actor: Actor },
): Promise<{ runId: number }> {
  return startRun(deps, pilotLabelRun, { payload: { runId }, actor, autoApply: true });
}
