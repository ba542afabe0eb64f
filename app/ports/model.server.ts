import {
  type Content,
  FinishReason,
  type GenerateContentResponse,
  GoogleGenAI,
  type Part,
  type ThinkingConfig,
  ThinkingLevel,
} from "@google/genai";
import { z } from "zod";
import type { Env } from "./env.server.ts";
import { failureOf, ModelError, sentenceOf } from "./model-errors.server.ts";
import { createGate, type Gate } from "./model-gate.server.ts";

export type ModelImage = { bytes: Buffer; contentType: string };

/** One image to be labelled. `answer` both becomes the response schema and checks what comes back. */
export type LabelRequest<T> = {
  model: string;
  instructions: string;
  /** Shots: a picture and what is known of it, which may be less than a whole answer. */
  examples: { image: ModelImage; answer: Partial<T> }[];
  image: ModelImage;
  answer: z.ZodType<T>;
  temperature: number;
  /** Tokens of the answer and of the thoughts before it. */
  maxOutputTokens: number;
  /** Tokens that the model may think before it answers, billed as output; absent: as the model does by itself. */
  thinkingBudget?: number;
  /** What models of Gemini 3 and later take instead of a budget. */
  thinkingLevel?: "minimal";
  signal?: AbortSignal;
};

/** Tokens by modality, as the model billed them; `output` includes its thoughts. */
export type TokenUsage = { text: number; image: number; output: number };

/** `raw` is the text that the model answered, or its whole response as JSON where it answered none. */
export type LabelResult<T> =
  | { kind: "labelled"; answer: T; raw: string; usage: TokenUsage }
  /** The model declined; `reason` is its finish or block reason (IMAGE_SAFETY, PROHIBITED_CONTENT, …). */
  | { kind: "refused"; reason: string; raw: string; usage: TokenUsage }
  /** The answer was cut at maxOutputTokens. */
  | { kind: "truncated"; raw: string; usage: TokenUsage }
  /** The answer is no JSON or breaks the schema; `issues` are the schema's own complaints. */
  | { kind: "invalid"; problem: string; issues: z.core.$ZodIssue[]; raw: string; usage: TokenUsage }
  | { kind: "rate-limited"; retryAfterMs: number; reason: string }
  /** `reason` is a sentence. `perhapsBilled`: the call went out and nobody told how it ended. */
  | { kind: "failed"; retryable: boolean; perhapsBilled: boolean; reason: string };

export type Model = {
  /** The model of the environment. */
  readonly name: string;
  /**
   * Resolves when a model may be called: at once, or after the wait that a 429 to any caller of this process asked for
   * (up to two minutes), one caller after the other. Throws the signal's reason when it aborts.
   */
  whenReady(model: string, signal?: AbortSignal): Promise<void>;
  /** Never throws for what the model or the way to it does; every such end is a kind of result. */
  label<T>(request: LabelRequest<T>): Promise<LabelResult<T>>;
  /** Tokens that a request's input would be billed for. Throws nothing but ModelError. */
  countTokens<T>(request: LabelRequest<T>): Promise<number>;
};

/** Reads an answer by its schema. */
function readAnswer<T>(
  text: string,
  answer: z.ZodType<T>,
): { kind: "labelled"; answer: T } | { kind: "invalid"; problem: string; issues: z.core.$ZodIssue[] } {
  if (text.trim() === "") return { kind: "invalid", problem: "The answer is empty.", issues: [] };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { kind: "invalid", problem: `The answer is no JSON: ${sentenceOf(error)}.`, issues: [] };
  }
  const parsed = answer.safeParse(json);
  if (parsed.success) return { kind: "labelled", answer: parsed.data };
  return { kind: "invalid", problem: "The answer breaks the schema.", issues: parsed.error.issues };
}

const imagePart = ({ bytes, contentType }: ModelImage): Part => ({
  inlineData: { data: bytes.toString("base64"), mimeType: contentType },
});

function turns<T>(request: LabelRequest<T>): Content[] {
  const shots = request.examples.flatMap(({ image, answer }) => [
    { role: "user", parts: [imagePart(image)] },
    { role: "model", parts: [{ text: JSON.stringify(answer) }] },
  ]);
  return [...shots, { role: "user", parts: [imagePart(request.image)] }];
}

/** JSON Schema without `$schema`, which is not among the keywords that the Gemini API takes. */
function responseSchema(answer: z.ZodType): unknown {
  const { $schema, ...schema } = z.toJSONSchema(answer);
  return schema;
}

function thinkingConfig({ thinkingBudget, thinkingLevel }: LabelRequest<unknown>): ThinkingConfig | undefined {
  if (thinkingLevel) return { thinkingLevel: ThinkingLevel.MINIMAL };
  return thinkingBudget === undefined ? undefined : { thinkingBudget };
}

function usageOf({ usageMetadata }: GenerateContentResponse): TokenUsage {
  const prompt = usageMetadata?.promptTokenCount ?? 0;
  const details = usageMetadata?.promptTokensDetails ?? [];
  const image = details.reduce(
    (sum, { modality, tokenCount }) => sum + (modality === "IMAGE" ? (tokenCount ?? 0) : 0),
    0,
  );
  const output = (usageMetadata?.candidatesTokenCount ?? 0) + (usageMetadata?.thoughtsTokenCount ?? 0);
  return { text: prompt - image, image, output };
}

function readResponse<T>(response: GenerateContentResponse, answer: z.ZodType<T>): LabelResult<T> {
  const usage = usageOf(response);
  const candidate = response.candidates?.[0];
  const text = (candidate?.content?.parts ?? []).map((part) => (part.thought ? "" : (part.text ?? ""))).join("");
  const { sdkHttpResponse, ...body } = response;
  const raw = text || JSON.stringify(body);
  const blocked = response.promptFeedback?.blockReason;
  if (blocked) return { kind: "refused", reason: blocked, raw, usage };
  const finish = candidate?.finishReason;
  if (finish === FinishReason.MAX_TOKENS) return { kind: "truncated", raw, usage };
  // Every other way to stop early is the model declining: for safety, for recitation, for a language, for "other".
  if (finish && finish !== FinishReason.STOP) return { kind: "refused", reason: finish, raw, usage };
  return { ...readAnswer(text, answer), raw, usage };
}

/**
 * The Gemini API. The SDK makes no retries of its own: the caller's job run does, so that each call is counted.
 * @param options.timeoutMs how long one call may take
 */
export function createModel(
  env: Pick<Env, "GEMINI_API_KEY" | "GEMINI_BASE_URL" | "GEMINI_MODEL">,
  options: { timeoutMs?: number } = {},
): Model {
  const timeout = options.timeoutMs ?? 60_000;
  const ai = new GoogleGenAI({
    apiKey: env.GEMINI_API_KEY,
    // Both said aloud: otherwise the SDK takes them from GOOGLE_… variables of its own.
    enterprise: false,
    httpOptions: { baseUrl: env.GEMINI_BASE_URL ?? "https://generativelanguage.googleapis.com", timeout },
  });

  const gates = new Map<string, Gate>();
  const gateOf = (name: string) => {
    const gate = gates.get(name) ?? createGate();
    gates.set(name, gate);
    return gate;
  };

  return {
    name: env.GEMINI_MODEL,

    whenReady: (name, signal) => gateOf(name).pass(signal),

    async label(request) {
      const thinking = thinkingConfig(request);
      try {
        const response = await ai.models.generateContent({
          model: request.model,
          contents: turns(request),
          config: {
            systemInstruction: request.instructions,
            temperature: request.temperature,
            maxOutputTokens: request.maxOutputTokens,
            responseMimeType: "application/json",
            responseJsonSchema: responseSchema(request.answer),
            ...(thinking && { thinkingConfig: thinking }),
            ...(request.signal && { abortSignal: request.signal }),
          },
        });
        return readResponse(response, request.answer);
      } catch (error) {
        const failure = failureOf(error, {
          model: request.model,
          timeoutMs: timeout,
          isStopped: request.signal?.aborted,
        });
        if (failure.kind === "rate-limited") gateOf(request.model).close(failure.retryAfterMs);
        return failure;
      }
    },

    async countTokens(request) {
      try {
        const { totalTokens } = await ai.models.countTokens({
          model: request.model,
          // The Gemini API counts contents only, and refuses systemInstruction; its tokens are the same as content.
          contents: [{ role: "user", parts: [{ text: request.instructions }] }, ...turns(request)],
          ...(request.signal && { config: { abortSignal: request.signal } }),
        });
        if (totalTokens === undefined) throw new ModelError("Gemini counted no tokens.", true);
        return totalTokens;
      } catch (error) {
        if (error instanceof ModelError) throw error;
        const failure = failureOf(error, {
          model: request.model,
          timeoutMs: timeout,
          isStopped: request.signal?.aborted,
        });
        const retryable = failure.kind === "rate-limited" || failure.retryable;
        throw new ModelError(failure.reason, retryable, { cause: error });
      }
    },
  };
}
