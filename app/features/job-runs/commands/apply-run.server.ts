import { DomainError } from "~/features/domain-error";
import { type Jobs, requireJob } from "~/features/job-runs/kinds/job";
import { planSummary } from "~/features/job-runs/kinds/plan-summary";
import { statusInSentence } from "~/features/job-runs/status";
import { jsonColumn } from "~/features/json-column";
import { changeStatus, type RunCommand, type RunDeps } from "./change-status.server";

/**
 * Releases a planned run to the workers, if the plan is still the one that was read.
 * @param jobs every kind: that of the run may refuse, because of others at work (its guard)
 * @param input.acceptsRisk whether a person accepts what the plan says that it cannot rule out (`needsConsent`)
 * @throws DomainError "not-found", "stale-plan" (another hash, or older than 24 h), "conflict" (applied or cancelled
 * before, a risk that no one accepted, or the guard), "invalid" (an unknown kind)
 */
export async function applyRun(
  deps: RunDeps,
  jobs: Jobs,
  input: RunCommand & { planHash: string; acceptsRisk?: boolean | undefined },
): Promise<void> {
  const { runId, planHash } = input;
  const now = deps.clock.now();
  await changeStatus(deps, input, {
    verb: "apply",
    where: { planHash, expiresAt: { gt: now } },
    data: { status: "pending", appliedAt: now },
    detail: ({ summary }) => {
      const risk = jsonColumn(planSummary).nullable().parse(summary)?.needsConsent;
      if (risk !== undefined && !input.acceptsRisk) {
        throw new DomainError(
          "conflict",
          `The plan of run ${runId} has a risk that must be accepted first, by the box beside Apply or with --accept-risk: ${risk}`,
        );
      }
      return risk === undefined ? {} : { acceptedRisk: risk };
    },
    async also(tx, { kind }) {
      await requireJob(jobs, kind).definition.guard?.(tx, runId);
      // A plan without items has nothing that a worker could pick up.
      await tx.jobRun.updateMany({
        where: { id: runId, planned: 0 },
        data: { status: "succeeded", startedAt: now, finishedAt: now },
      });
    },
    refuse: (run) => {
      if (run.status === "planning") {
        return new DomainError("conflict", `Run ${runId} is still being planned. Wait for its plan.`);
      }
      if (run.status !== "planned") {
        return new DomainError(
          "conflict",
          `Run ${runId} is already ${statusInSentence(run.status)}; a plan is applied once. Start a new run.`,
        );
      }
      if (run.planHash !== planHash) {
        return new DomainError(
          "stale-plan",
          `The plan of run ${runId} is not the one you read. Read it again, then apply it.`,
        );
      }
      return new DomainError("stale-plan", `The plan of run ${runId} is older than 24 hours. Start a new run.`);
    },
  });
}
