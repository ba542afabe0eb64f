import type { ImageQuery } from "~/features/images/query/image-query";

/** Letters of what is searched: a paragraph, or a prompt. */
export const LONGEST_FIND = 2_000;

/** What a search by likeness and words is for. */
export type ImageSearch = {
  /** Words that images should have, in any form of text; not all of them have to be there. */
  find: string | null;
  /** An image that they should be like. */
  like: number | null;
  /** What each of them has to be. */
  query: ImageQuery;
};

/** Why an image was found. */
export type Why = {
  /** The words of the search that it has; null: none. */
  words: string[] | null;
  /** The cosine of its vector and the one that was asked for, up to 1; null: not among the nearest. */
  similarity: number | null;
};

export type FoundImage = { id: number; why: Why };

/** “Words: red, scarf · 92% alike” */
export function whyInWords({ words, similarity }: Why): string {
  const parts = [
    ...(words === null ? [] : [`${words.length === 1 ? "Word" : "Words"}: ${words.join(", ")}`]),
    ...(similarity === null ? [] : [`${Math.round(Math.max(0, similarity) * 100)}% alike`]),
  ];
  return parts.join(" · ");
}
