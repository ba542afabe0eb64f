import { DomainError } from "~/features/domain-error";
import type { ItemResult } from "~/features/job-runs/kinds/handler";
import { isKnownError } from "~/features/known-error";
import { createPatience, type Patience } from "~/features/model-calls/patience";
import type { DrawingFacts } from "~/features/prices/drawing-book";
import { loadDrawingModels } from "~/features/prices/load-drawing-models.server";
import type { Ports } from "~/ports/index.server";

/** Of which model a run asks pictures, and for how much. */
export type DrawTerms = {
  runId: number;
  model: string;
  textTokens: number;
  budgetUsd: number;
  mark: string;
  createdAt: Date;
  factsAt(at: Date): DrawingFacts;
};

/** @throws DomainError "not-found" for a run that has no terms */
export async function readDrawTerms(ports: Pick<Ports, "db" | "model">, runId: number): Promise<DrawTerms> {
  const row = await ports.db.drawRun.findUnique({ where: { jobRunId: runId } });
  if (!row) {
    throw new DomainError("not-found", `Run ${runId} has no model and no budget. Start it anew.`);
  }
  const { model, textTokens, budgetUsd, mark, createdAt } = row;
  const book = await loadDrawingModels(ports.model);
  const factsAt = (at: Date) => book.factsOf(model, at);
  return { runId, model, textTokens: textTokens ?? 0, budgetUsd, mark, createdAt, factsAt };
}

/** A run without terms is none that its items could mend: it pauses, and says so once. */
export function pauseFor(error: unknown): ItemResult {
  if (!isKnownError(error, "DomainError")) throw error;
  return { outcome: "open", pause: error.message };
}

// Runs that are held up; others are forgotten, and wait anew.
const KEPT_RUNS = 8;
const patient = new WeakMap<Ports["db"], Map<number, Patience>>();

/** How long the model has answered none of a run's calls, in this process. */
export function patienceOf(db: Ports["db"], runId: number): Patience {
  const kept = patient.get(db) ?? new Map<number, Patience>();
  patient.set(db, kept);
  const patience = kept.get(runId) ?? createPatience();
  kept.set(runId, patience);
  for (const old of kept.keys()) {
    if (kept.size <= KEPT_RUNS) break;
    if (old !== runId) kept.delete(old);
  }
  return patience;
}
