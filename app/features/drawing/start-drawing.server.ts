import { randomBytes } from "node:crypto";
import type { Actor } from "~/features/audit-log/record-event";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { requireBudget } from "~/features/model-calls/budget";
import type { Ports } from "~/ports/index.server";
import { drawImages } from "./draw-images";
import { readDrawRequest, resolveDrawing } from "./resolve-drawing.server";

/**
 * Starts the plan of a run that draws pictures. Its row, with the budget, comes with it in one transaction.
 * @param input.request a `DrawRequest`, of whoever asks
 * @param input.budgetUsd no call is made that could go past it
 * @throws DomainError for a request that cannot be drawn as it stands, or a budget that is none
 */
export async function startDrawing(
  deps: Pick<Ports, "db" | "model" | "clock">,
  input: { request: unknown; budgetUsd: number; actor: Actor; autoApply?: boolean },
): Promise<{ runId: number }> {
  const { db, clock } = deps;
  const budgetUsd = requireBudget(input.budgetUsd);
  const request = readDrawRequest(input.request);
  await resolveDrawing(deps, request);
  const row = { model: request.model, budgetUsd, mark: randomBytes(4).toString("hex"), createdAt: clock.now() };
  return startRun({ db, clock }, drawImages, {
    payload: request,
    actor: input.actor,
    autoApply: input.autoApply ?? false,
    within: (tx, jobRunId) => tx.drawRun.create({ data: { jobRunId, ...row } }),
  });
}
