import { createHash } from "node:crypto";
import type { Ports } from "~/ports/index.server";
import { makeSearchVector, type SearchVector } from "./make-search-vector.server";
import { readKept } from "./read-kept.server";

type Deps = Pick<Ports, "db" | "clock" | "model">;

/**
 * Words as a vector in the space of the images' own. The model is asked once: later searches for the same words have its vector.
 * @param dimensions of the images' vectors
 * @throws DomainError "invalid" for a model that no file lists, that has ended, or whose price is not known
 */
export async function vectorOfWords(
  deps: Deps,
  { words, dimensions, signal }: { words: string; dimensions: number; signal: AbortSignal | undefined },
): Promise<SearchVector> {
  const text = words.normalize("NFC").replace(/\s+/gu, " ").trim();
  const hash = createHash("sha256").update(text).digest("hex");
  const vector = await readKept(deps, { hash, dimensions });
  if (vector) return { vector };
  // No token is shorter than a byte.
  const tokens = Buffer.byteLength(text);
  return makeSearchVector(deps, {
    ...{ hash, dimensions, content: { text }, signal },
    most: ({ price }) => ({ tokens, usd: tokens * price.input.text }),
  });
}
