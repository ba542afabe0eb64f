import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/**
 * Releases a planned run to the workers, if the plan is still the one that was read.
 * @throws DomainError "not-found", "stale-plan" (another hash, or older than 24 h), "conflict" (applied or cancelled before)
 */
export async function applyRun({ db, clock }: { db: Db; clock: Clock }, input: { runId: number; planHash: string }) {
  const now = clock.now();
  const { count } = await db.jobRun.updateMany({
    where: { id: input.runId, status: "planned", planHash: input.planHash, expiresAt: { gt: now } },
    data: { status: "pending", appliedAt: now },
  });
  if (count === 0) throw await explainRefusal(db, input, now);
  // A plan without items has nothing that a worker could pick up.
  await db.jobRun.updateMany({
    where: { id: input.runId, status: "pending", planned: 0 },
    data: { status: "succeeded", startedAt: now, finishedAt: now },
  });
}

async function explainRefusal(db: Db, { runId, planHash }: { runId: number; planHash: string }, now: Date) {
  const run = await db.jobRun.findUnique({ where: { id: runId } });
  if (!run) return new DomainError("not-found", `There is no run ${runId}.`);
  if (run.status === "planning")
    return new DomainError("conflict", `Run ${runId} is still being planned. Wait for its plan.`);
  if (run.status !== "planned") {
    return new DomainError(
      "conflict",
      `Run ${runId} is already ${run.status}; a plan is applied once. Start a new run.`,
    );
  }
  if (run.planHash !== planHash) {
    return new DomainError(
      "stale-plan",
      `Run ${runId} has another plan than the one you read. Read it again, then apply.`,
    );
  }
  if (run.expiresAt && run.expiresAt <= now) {
    return new DomainError("stale-plan", `The plan of run ${runId} is older than 24 hours. Start a new run.`);
  }
  return new DomainError("conflict", `Run ${runId} changed meanwhile. Read it again.`);
}
