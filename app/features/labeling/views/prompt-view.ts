import type { PromptContent, PromptExample } from "~/features/labeling/prompts/prompt-content";

/**
 * What became of an example since its prompt version was made, as the image index knows it: `moved` lies under another key
 * with the same bytes, `replaced` has other bytes, `gone` has no object any more, `unknown` was never indexed.
 */
export type ExampleState = "current" | "moved" | "replaced" | "gone" | "unknown";

export type ExampleView = PromptExample & {
  /** Null for one that the index does not know. */
  imageId: number | null;
  state: ExampleState;
  /** Where it lies now. */
  keyNow: string;
};

/** A prompt version as pages show it. */
export type PromptView = Omit<PromptContent, "examples"> & {
  id: number;
  name: string;
  version: number;
  hash: string;
  examples: ExampleView[];
};
