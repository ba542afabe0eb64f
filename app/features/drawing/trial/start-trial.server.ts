import { randomBytes } from "node:crypto";
import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { requireBudget } from "~/features/model-calls/budget";
import type { Ports } from "~/ports/index.server";
import { pickTrial } from "./pick-trial.server";
import { requireSwap } from "./swap-of-plan.server";
import { tryReference } from "./try-reference";

/**
 * Starts a run that tries the reference of a plan. Its row, with the budget, comes with it in one transaction.
 * @param input.planId the run whose plan puts the reference in the place of another
 * @param input.generations those that whoever asks has seen: where others would be drawn by now, nothing is started
 * @param input.budgetUsd no call is made that could go past it
 * @throws DomainError for a plan that cannot be tried, generations that are others by now or none, or a budget that is none
 */
export async function startTrial(
  ports: Pick<Ports, "db" | "model" | "clock">,
  input: { planId: number; generations: string[]; budgetUsd: number; actor: Actor; autoApply?: boolean },
): Promise<{ runId: number }> {
  const { db, clock } = ports;
  const budgetUsd = requireBudget(input.budgetUsd);
  const { what, ...swap } = await requireSwap(ports, input.planId);
  const { generations } = await pickTrial(ports, swap);
  const [newest] = generations;
  if (!newest) {
    throw new DomainError(
      "conflict",
      `No generation that used ${what} can be drawn once more, so there is nothing to try.`,
    );
  }
  const ids = generations.map(({ id }) => id);
  if (ids.join("\n") !== input.generations.join("\n")) {
    throw new DomainError(
      "conflict",
      "Other generations would be drawn now than were shown, since some came or changed meanwhile. Look at them again, then draw.",
    );
  }
  // Each item names its own model; this one stands for the run.
  const { model } = newest.request;
  const row = { model, budgetUsd, mark: randomBytes(4).toString("hex"), createdAt: clock.now() };
  return startRun({ db, clock }, tryReference, {
    payload: { plan: input.planId, swap, generations: ids },
    actor: input.actor,
    autoApply: input.autoApply ?? false,
    within: (tx, jobRunId) => tx.drawRun.create({ data: { jobRunId, ...row } }),
  });
}
