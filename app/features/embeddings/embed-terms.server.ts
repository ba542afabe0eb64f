import { DomainError } from "~/features/domain-error";
import { createPatience, type Patience } from "~/features/model-calls/patience";
import { loadModels } from "~/features/prices/load-models.server";
import { type EmbeddingFacts, requireEmbedding } from "~/features/prices/model-book";
import type { Ports } from "~/ports/index.server";
import type { Wanted } from "./missing-embeddings.sql.server";

/** What a run asks, of which model, and for how much. */
export type EmbedTerms = Wanted & {
  runId: number;
  budgetUsd: number;
  /** What is known of its model at a time. */
  factsAt(at: Date): EmbeddingFacts;
  /** How long the model has answered none of this run's calls. */
  patience: Patience;
};

/** @throws DomainError "not-found"; "invalid" when no file lists its model any more */
export async function readEmbedTerms(ports: Pick<Ports, "db" | "model" | "clock">, runId: number): Promise<EmbedTerms> {
  const row = await ports.db.embedRun.findUnique({ where: { jobRunId: runId } });
  if (!row) {
    throw new DomainError("not-found", `Run ${runId} has no model and no budget. Start it anew, as “Embed images”.`);
  }
  const { model, dimensions, budgetUsd } = row;
  const book = await loadModels(ports.model);
  const factsAt = (at: Date) => book.embeddingOf(model, at) ?? requireEmbedding(book, { model, at });
  factsAt(ports.clock.now());
  return { runId, model, dimensions, budgetUsd, factsAt, patience: createPatience() };
}
