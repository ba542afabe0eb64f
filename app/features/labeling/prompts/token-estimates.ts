import type { ModelFacts } from "~/features/prices/model-book";
import type { PromptAttributes } from "./answer-schema";

/**
 * The most tokens that one picture of this edge (px) counts for: 258 up to 384 px, else 258 a tile. A tile's edge is about
 * the short side ÷ 1.5, within 256 to 768 px (ai.google.dev/gemini-api/docs/image-understanding): four up to 1,536 px.
 */
function maxTileTokens(edge: number): number {
  return edge <= 384 ? 258 : 258 * Math.max(4, Math.ceil(edge / 768) ** 2);
}

/** The most that a picture counts for at any media resolution: Gemini 3's highest, where nothing is known of a model. */
const MOST_KNOWN = 1_120;

/** The most tokens that one picture of this edge (px) counts for, by how its model counts. */
export function maxImageTokens(edge: number, imageTokens: ModelFacts["imageTokens"]): number {
  if (imageTokens === "tiles") return maxTileTokens(edge);
  if (imageTokens === null) return Math.max(maxTileTokens(edge), MOST_KNOWN);
  return Math.max(imageTokens.low, imageTokens.medium, imageTokens.high);
}

/** Rather too many than too few: English is about four characters a token (ai.google.dev/gemini-api/docs/tokens). */
export const maxTextTokens = (text: string) => Math.ceil(text.length / 3);

/** Tokens of an answer as a model writes it, indented: about 24 an attribute, and 8 more for a number of years. */
export function estimateOutputTokens(attributes: PromptAttributes): number {
  return Object.values(attributes).reduce((sum, { estimate }) => sum + (estimate ? 32 : 24), 4);
}
