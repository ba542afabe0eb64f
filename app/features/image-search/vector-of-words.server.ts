import { createHash } from "node:crypto";
import { toVectorBytes } from "~/features/embeddings/vector-bytes";
import { billOf, billOfFailure } from "~/features/model-calls/bill";
import { reserveWithin } from "~/features/model-quotas/reserve-within.server";
import { loadModels } from "~/features/prices/load-models.server";
import { requireEmbedding } from "~/features/prices/model-book";
import { readVector } from "~/features/similar-images/vectors/space";
import type { Ports } from "~/ports/index.server";
import type { EmbedResult, Failure } from "~/ports/model/model.server";
import { findKept, reserveSearch, type Wanted } from "./search-embeddings.sql.server";

type Deps = Pick<Ports, "db" | "clock" | "model">;

/** How long a search waits for the model: somebody looks at the page. Usual are some 0.3 s. */
const LONGEST_WAIT_MS = 8_000;

/** A vector of words, or why there is none, as a sentence. */
export type WordsAsVector = { vector: Float32Array } | { missing: string };

/**
 * Words as a vector in the space of the images' own. The model is asked once: a paid call, reserved before it is made; later searches
 * for the same words have its vector.
 * @param dimensions of the images' vectors
 * @throws DomainError "invalid" for a model that no file lists, that has ended, or whose price is not known
 */
export async function vectorOfWords(
  deps: Deps,
  { words, dimensions, signal }: { words: string; dimensions: number; signal: AbortSignal | undefined },
): Promise<WordsAsVector> {
  const { db, clock, model } = deps;
  const text = words.normalize("NFC").replace(/\s+/gu, " ").trim();
  const wanted: Wanted = { model: model.embeddingName, dimensions, hash: sha256(text) };
  const kept = await findKept(db, wanted);
  const vector = kept && readVector(kept, dimensions);
  if (vector) return { vector };
  const at = clock.now();
  const facts = requireEmbedding(await loadModels(model), { model: wanted.model, at });
  // No token is shorter than a byte.
  const tokens = Buffer.byteLength(text);
  const reservedUsd = tokens * facts.price.input.text;
  const turn = await reserveWithin(deps, { model: facts.model, tokens, limits: facts.limits }, (hasRoom) =>
    reserveSearch(db, { ...wanted, reservedUsd, at }, hasRoom),
  );
  if ("until" in turn) return { missing: turn.reason };
  const patience = AbortSignal.timeout(LONGEST_WAIT_MS);
  const result = await model.embed({
    ...{ model: facts.model, dimensions, contents: [{ text }] },
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
  });
  await settle(deps, turn.reserved, result, { price: facts.price, reservedUsd });
  signal?.throwIfAborted();
  const made = result.kind === "embedded" ? result.vectors[0] : undefined;
  if (made) return { vector: made };
  if (patience.aborted) return { missing: `${facts.model} did not answer within ${LONGEST_WAIT_MS / 1_000} seconds.` };
  return { missing: result.kind === "embedded" ? `${facts.model} made no vector.` : result.reason };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

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
