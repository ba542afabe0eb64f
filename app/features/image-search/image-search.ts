import { plural } from "~/features/format";
import type { ImageQuery } from "~/features/images/query/image-query";

/** Letters of what is searched: a paragraph, or a prompt. */
export const LONGEST_FIND = 2_000;

/** What a search by likeness and words is for. */
export type ImageSearch = {
  /** Words that images should have, in any form of text; not all of them have to be there. */
  find: string | null;
  /** An image that they should be like. */
  like: number | null;
  /** A picture that somebody searched by, which they should be like: the SHA-256 of its bytes. */
  picture: string | null;
  /** What each of them has to be. */
  query: ImageQuery;
};

/** Why an image was found. */
export type Why = {
  /** The words of the search that it has; null: none. */
  words: string[] | null;
  /** The cosine of its vector and the one that was asked for, from 0 to 1 among like ones; null: not among the nearest. */
  similarity: number | null;
};

export type FoundImage = {
  id: number;
  why: Why;
  /** An image that is found before it, or that is searched by, and that it is nearly the same as; null: there is none. */
  nearDuplicateOf: number | null;
};

/** “Words: red, scarf · similarity 0.92” */
export function whyInWords({ words, similarity }: Why): string {
  const parts = [
    ...(words === null ? [] : [`${words.length === 1 ? "Word" : "Words"}: ${words.join(", ")}`]),
    ...(similarity === null ? [] : [`similarity ${Math.min(1, Math.max(0, similarity)).toFixed(2)}`]),
  ];
  const text = parts.join(" · ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Missing = { kind: "no-vectors" | "no-vector-of-image" } | { kind: "building"; vectors: number; indexed: number };

/** Why likeness found nothing, and what to do. */
export function explainMissing(missing: Missing): string {
  if (missing.kind !== "building") return "No image has a vector yet, by which others are found. Embed images first.";
  const done = missing.vectors === 0 ? 0 : Math.floor((missing.indexed / missing.vectors) * 100);
  return `The index of ${plural(missing.vectors, "vector")} is being built (${done}%). Search again in a few minutes.`;
}
