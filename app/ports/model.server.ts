import type { z } from "zod";

export type ModelImage = { bytes: Buffer; contentType: string };

/** One image to be labelled. `answer` both becomes the response schema and checks what comes back. */
export type LabelRequest<T> = {
  /** Null: the model of the environment. */
  model: string;
  instructions: string;
  examples: { image: ModelImage; answer: T }[];
  image: ModelImage;
  answer: z.ZodType<T>;
  temperature: number;
  maxOutputTokens: number;
  signal?: AbortSignal;
};

/** Tokens by modality, as the model billed them. */
export type TokenUsage = { text: number; image: number; output: number };

export type LabelResult<T> =
  | { kind: "labelled"; answer: T; raw: string; usage: TokenUsage }
  /** The model declined; `reason` is its finish or block reason (IMAGE_SAFETY, PROHIBITED_CONTENT, …). */
  | { kind: "refused"; reason: string; raw: string; usage: TokenUsage }
  /** The answer was cut at maxOutputTokens. */
  | { kind: "truncated"; raw: string; usage: TokenUsage }
  /** The answer is no JSON or breaks the schema; `problem` says where. */
  | { kind: "invalid"; problem: string; raw: string; usage: TokenUsage }
  | { kind: "rate-limited"; retryAfterMs: number; reason: string }
  | { kind: "failed"; retryable: boolean; reason: string };

export type Model = {
  /** The model of the environment. */
  readonly name: string;
  label<T>(request: LabelRequest<T>): Promise<LabelResult<T>>;
  /** Tokens that a request's input would be billed for. Throws nothing but ModelError. */
  countTokens<T>(request: LabelRequest<T>): Promise<number>;
};
