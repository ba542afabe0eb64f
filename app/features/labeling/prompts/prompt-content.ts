import { z } from "zod";
import type { ModelFacts } from "~/features/prices/model-book";
import { mediaResolution, thinkingLevel } from "~/features/prices/model-file";
import { type PersonaAnswer, promptAttributes } from "./answer-schema";
import { maxImageTokens, maxTextTokens } from "./token-estimates";

const promptSettings = z.strictObject({
  model: z.string(),
  /** Of versions from before models stopped taking it; new ones have none. */
  temperature: z.number().optional(),
  /** Tokens of the answer, thoughts included. */
  maxOutputTokens: z.int().positive(),
  /** Tokens that the model may think, or how much; neither: as the model does by itself. */
  thinkingBudget: z.int().optional(),
  thinkingLevel: thinkingLevel.optional(),
  /** How closely a model from Gemini 3 on looks at pictures, which decides what they cost; absent: as it does by itself. */
  mediaResolution: mediaResolution.optional(),
  /** Long side in px of the pictures that are sent. */
  imageEdge: z.int().positive(),
});

/** A shot: a reference image at one ETag, and the labels that its folder's name states. */
const promptExample = z.strictObject({
  key: z.string(),
  etag: z.string(),
  labels: z.record(z.string(), z.string()),
});
export type PromptExample = z.infer<typeof promptExample>;

/** Everything of a prompt version that a model sees; its hash is over exactly this. */
export const promptContent = z.strictObject({
  instructions: z.string(),
  attributes: promptAttributes,
  settings: promptSettings,
  examples: z.array(promptExample),
});
export type PromptContent = z.infer<typeof promptContent>;

/**
 * A shot's answer: only what its folder states, since no one has told the rest. A made-up age would teach the model to
 * make up ages; the instructions say that examples are partial and answers are not.
 */
export function exampleAnswer({ labels }: PromptExample): PersonaAnswer {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, { value, confidence: 1 }]));
}

/** The most input tokens that one request of this prompt can count for, whether or not its media resolution is honored. */
export function maxInputTokens(
  { instructions, examples, settings, attributes }: PromptContent,
  { imageTokens }: Pick<ModelFacts, "imageTokens">,
): { text: number; image: number } {
  const texts = [
    instructions,
    JSON.stringify(attributes),
    ...examples.map((one) => JSON.stringify(exampleAnswer(one))),
  ];
  return {
    text: texts.reduce((sum, one) => sum + maxTextTokens(one), 0),
    image: (examples.length + 1) * maxImageTokens(settings.imageEdge, imageTokens),
  };
}
