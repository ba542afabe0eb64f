import { toVectorBytes } from "~/features/embeddings/vector-bytes";
import { billOf, billOfFailure } from "~/features/model-calls/bill";
import { reserveWithin } from "~/features/model-quotas/reserve-within.server";
import { loadModels } from "~/features/prices/load-models.server";
import { type EmbeddingFacts, requireEmbedding } from "~/features/prices/model-book";
import type { ModelPrice } from "~/features/prices/model-prices";
import type { Ports } from "~/ports/index.server";
import type { EmbedRequest, EmbedResult, Failure } from "~/ports/model/model.server";
import { reserveSearch } from "./search-embeddings.sql.server";

type Deps = Pick<Ports, "db" | "clock" | "model">;

/** How long a search waits for the model: somebody looks at the page. Usual are some 0.3 s. */
const LONGEST_WAIT_MS = 8_000;

/** A vector of what is searched for, or why there is none, as a sentence. */
export type SearchVector = { vector: Float32Array } | { missing: string };

type Wished = {
  /** SHA-256 of what the vector is of, by which later searches find it. */
  hash: string;
  /** Of the images' vectors. */
  dimensions: number;
  content: EmbedRequest["contents"][number];
  /** What it takes at the most, in tokens and USD. */
  most(facts: EmbeddingFacts & { price: ModelPrice }): { tokens: number; usd: number };
  signal: AbortSignal | undefined;
};

/**
 * Has the model make a vector of what is searched for: a paid call, reserved before it is made.
 * @throws DomainError "invalid" for a model that no file lists, that has ended, or whose price is not known
 */
export async function makeSearchVector(deps: Deps, wished: Wished): Promise<SearchVector> {
  const { hash, dimensions, content, signal } = wished;
  const { db, clock, model } = deps;
  const at = clock.now();
  const facts = requireEmbedding(await loadModels(model), { model: model.embeddingName, at });
  const { tokens, usd: reservedUsd } = wished.most(facts);
  const row = { model: model.embeddingName, dimensions, hash, reservedUsd, at };
  const turn = await reserveWithin(deps, { model: facts.model, tokens, limits: facts.limits }, (hasRoom) =>
    reserveSearch(db, row, hasRoom),
  );
  if ("until" in turn) return { missing: turn.reason };
  const patience = AbortSignal.timeout(LONGEST_WAIT_MS);
  const result = await model.embed({
    ...{ model: facts.model, dimensions, contents: [content] },
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
  });
  await settle(deps, turn.reserved, result, { price: facts.price, reservedUsd });
  signal?.throwIfAborted();
  const made = result.kind === "embedded" ? result.vectors[0] : undefined;
  if (made) return { vector: made };
  if (patience.aborted) return { missing: `${facts.model} did not answer within ${LONGEST_WAIT_MS / 1_000} seconds.` };
  return { missing: result.kind === "embedded" ? `${facts.model} made no vector.` : result.reason };
}

async function settle(
  { db, clock }: Deps,
  id: number,
  result: EmbedResult | Failure,
  paid: Parameters<typeof billOf>[1],
): Promise<void> {
  const { usd } = result.kind === "embedded" ? billOf(result.usage, paid) : billOfFailure(result);
  const [vector] = result.kind === "embedded" ? result.vectors : [];
  await db.searchEmbedding.update({
    where: { id },
    data: {
      outcome: result.kind,
      reason: result.kind === "embedded" ? null : result.reason,
      vector: vector ? toVectorBytes(vector) : null,
      usd,
      finishedAt: clock.now(),
    },
  });
}
