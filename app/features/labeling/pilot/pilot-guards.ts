import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { finalStatuses, isFinished } from "~/features/job-runs/status";
import { jsonColumn } from "~/features/json-column";
import type { Prisma, Tx } from "~/ports/db.server";

export const PILOT_KIND = "pilot-label-run";

export const pilotPayload = z.strictObject({
  /** The label run's job run. */
  runId: z.int(),
});

/** The pilots of a label run. */
export const pilotsOf = (runId: number) => ({ kind: PILOT_KIND, payload: JSON.stringify({ runId }) });

const notEnded: Prisma.JobRunWhereInput = { status: { notIn: [...finalStatuses] } };

/**
 * The guard of a pilot: its label run waits to be applied, and no other pilot asks about the same images.
 * @throws DomainError "conflict"
 */
export async function requireWaiting(tx: Tx, pilotId: number): Promise<void> {
  const pilot = await tx.jobRun.findUniqueOrThrow({ where: { id: pilotId }, select: { payload: true } });
  const { runId } = jsonColumn(pilotPayload).parse(pilot.payload);
  const { status } = await tx.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { status: true } });
  if (status !== "planned") {
    throw new DomainError("conflict", `Label run ${runId} does not wait to be applied, so there is nothing to try.`);
  }
  const other = { ...pilotsOf(runId), id: { not: pilotId }, ...notEnded };
  const running = await tx.jobRun.findFirst({ where: other, select: { id: true } });
  if (running) throw new DomainError("conflict", `Run ${running.id}, a pilot of this label run, has not ended.`);
}

/**
 * The guard of a label run: none of its pilots has calls in progress or to come, for what both asked about at once would be paid
 * for twice. A pilot that was canceled lets its calls end before its worker gives the lease back.
 * @throws DomainError "conflict" that names the pilot
 */
export async function requireNoPilot(tx: Tx, runId: number): Promise<void> {
  const { appliedAt } = await tx.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { appliedAt: true } });
  if (!appliedAt) return;
  const pilot = await tx.jobRun.findFirst({
    where: { ...pilotsOf(runId), OR: [notEnded, { chunks: { some: { leaseUntil: { gte: appliedAt } } } }] },
    select: { id: true, status: true },
  });
  if (!pilot) return;
  throw new DomainError("conflict", `Run ${pilot.id}, a pilot of this label run, ${stateWords(pilot.status)}`);
}

function stateWords(status: string): string {
  if (status === "paused") return "is paused. Resume or cancel it first.";
  if (isFinished(status)) return "still has calls in progress. Wait some seconds, then apply again.";
  return "has not ended. Wait until it does, or cancel it.";
}
