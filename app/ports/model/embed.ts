import type { EmbedContentParameters } from "@google/genai";
import { z } from "zod";
import { imagePart, type ModelImage } from "./model-image";
import { readEmbedUsage, type TokenUsage } from "./model-usage";

export type EmbedRequest = {
  model: string;
  /** Numbers of a vector. */
  dimensions: number;
  /** A vector each. */
  contents: ({ text: string } | { image: ModelImage })[];
  signal?: AbortSignal;
};

/** `usage` is null where the response does not say, or cannot be right about, what it is billed for. */
export type EmbedResult =
  | { kind: "embedded"; vectors: Float32Array[]; usage: TokenUsage | null }
  /** Billed, and of no use. */
  | { kind: "failed"; retryable: true; perhapsBilled: true; reason: string };

/** The request. Each content is one of its own: a list of texts would be parts of one, and gemini-embedding-2 makes one vector of them. */
export function embedding(
  { model, dimensions, contents, signal }: EmbedRequest,
  send: typeof fetch,
): EmbedContentParameters {
  return {
    model,
    contents: contents.map((content) => ({ parts: ["text" in content ? content : imagePart(content.image)] })),
    config: {
      outputDimensionality: dimensions,
      httpOptions: { fetch: send },
      ...(signal && { abortSignal: signal }),
    },
  };
}

const embedBody = z.object({
  embeddings: z.array(z.object({ values: z.array(z.number()) })),
  usageMetadata: z.unknown().optional(),
});

/** What a response that came with status 200 says. `raw` is its body. */
export function readEmbeddings(raw: string, { dimensions, contents }: EmbedRequest): EmbedResult {
  const { data } = embedBody.safeParse(JSON.parse(raw));
  if (!data) return useless("Gemini’s response has no vectors.");
  const { embeddings, usageMetadata } = data;
  if (embeddings.length !== contents.length) {
    return useless(`Gemini answered with ${embeddings.length} vectors for ${contents.length} contents.`);
  }
  const odd = embeddings.find(({ values }) => values.length !== dimensions);
  if (odd) return useless(`Gemini answered with a vector of ${odd.values.length} numbers instead of ${dimensions}.`);
  const vectors = embeddings.flatMap(({ values }) => toUnit(values) ?? []);
  if (vectors.length < embeddings.length) return useless("Gemini answered with a vector of zeros.");
  return { kind: "embedded", vectors, usage: readEmbedUsage(usageMetadata) };
}

const useless = (reason: string): EmbedResult => ({ kind: "failed", retryable: true, perhapsBilled: true, reason });

/** Of length 1, as not every model makes them when they are shortened; null for one without a direction. */
function toUnit(values: number[]): Float32Array | null {
  const length = Math.hypot(...values);
  return length > 0 && Number.isFinite(length) ? Float32Array.from(values, (value) => value / length) : null;
}
