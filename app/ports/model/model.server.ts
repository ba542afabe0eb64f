import {
  type Content,
  type GenerateContentParameters,
  GoogleGenAI,
  MediaResolution,
  type ThinkingConfig,
  ThinkingLevel,
} from "@google/genai";
import { z } from "zod";
import type { Env } from "~/ports/env.server";
import { type EmbedRequest, type EmbedResult, embedding, readEmbeddings } from "./embed";
import { type Failure, failureOf, ModelError } from "./model-errors.server";
import { imagePart, type ModelImage } from "./model-image";
import { readCount } from "./model-usage";
import { type ModelResponse, readResponse } from "./read-response";
import { recordBody } from "./record-body.server";

export type { EmbedRequest, EmbedResult } from "./embed";
export type { LearnedLimits } from "./model-errors.server";
export type { ModelImage } from "./model-image";
export type { TokenUsage } from "./model-usage";
export type { Mending } from "./read-answer";

/** One image to be labelled. `answer` both becomes the response schema and checks what comes back. */
export type LabelRequest<T> = {
  model: string;
  instructions: string;
  /** Shots: a picture and what is known of it, which may be less than a whole answer. */
  examples: { image: ModelImage; answer: Partial<T> }[];
  image: ModelImage;
  answer: z.ZodType<T>;
  /** Only for a model that takes it: later ones ignore it, or refuse the request. */
  temperature?: number | undefined;
  /** How closely pictures are looked at, from Gemini 3 on; absent: as the model does by itself. */
  mediaResolution?: keyof typeof resolutions | undefined;
  /** Tokens of the answer and of the thoughts before it. */
  maxOutputTokens: number;
  /** Tokens that the model may think before it answers, billed as output; absent: as the model does by itself. */
  thinkingBudget?: number | undefined;
  /** What models of Gemini 3 and later take instead of a budget. */
  thinkingLevel?: keyof typeof levels | undefined;
  signal?: AbortSignal;
};

/** A response, or why there is none; `raw` is then the body that came, cut at 10,000 characters, or null. */
export type LabelResult<T> = ModelResponse<T> | (Failure & { raw: string | null });

export type Model = {
  /** The model of the environment. */
  readonly name: string;
  /** The environment's file of models and prices, which comes before our own. */
  readonly modelsFile: string | undefined;
  /** Never throws for what the model or the way to it does; every such end is a kind of result. */
  label<T>(request: LabelRequest<T>): Promise<LabelResult<T>>;
  /** A vector of length 1 for each content. Never throws for what the model or the way to it does. */
  embed(request: EmbedRequest): Promise<EmbedResult | Failure>;
  /** Where `label` would send this request, and the body that it would send; nothing is sent. */
  preview<T>(request: LabelRequest<T>): Promise<{ address: string; body: z.infer<ReturnType<typeof z.json>> }>;
  /**
   * Tokens of a request's input, of which `image` are pictures (null where Gemini does not say): as they are without a
   * media resolution, which the Gemini API does not take here. Throws nothing but ModelError.
   */
  countTokens<T>(request: LabelRequest<T>): Promise<{ tokens: number; image: number | null }>;
  /** Names of the models that the API lists, and that answer. Throws nothing but ModelError. */
  list(signal?: AbortSignal): Promise<string[]>;
};

const resolutions = {
  low: MediaResolution.MEDIA_RESOLUTION_LOW,
  medium: MediaResolution.MEDIA_RESOLUTION_MEDIUM,
  high: MediaResolution.MEDIA_RESOLUTION_HIGH,
};
const levels = {
  minimal: ThinkingLevel.MINIMAL,
  low: ThinkingLevel.LOW,
  medium: ThinkingLevel.MEDIUM,
  high: ThinkingLevel.HIGH,
};

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
  if (thinkingLevel) return { thinkingLevel: levels[thinkingLevel] };
  return thinkingBudget === undefined ? undefined : { thinkingBudget };
}

/** The one request that labels an image. */
function generation<T>(request: LabelRequest<T>, send: typeof fetch): GenerateContentParameters {
  const thinking = thinkingConfig(request);
  return {
    model: request.model,
    contents: turns(request),
    config: {
      systemInstruction: request.instructions,
      ...(request.temperature !== undefined && { temperature: request.temperature }),
      ...(request.mediaResolution && { mediaResolution: resolutions[request.mediaResolution] }),
      maxOutputTokens: request.maxOutputTokens,
      responseMimeType: "application/json",
      responseJsonSchema: responseSchema(request.answer),
      httpOptions: { fetch: send },
      ...(thinking && { thinkingConfig: thinking }),
      ...(request.signal && { abortSignal: request.signal }),
    },
  };
}

const LONGEST_ERROR_BODY = 10_000;

/**
 * The Gemini API. The SDK makes no retries of its own: the caller's job run does, so that each call is counted.
 * @param options.timeoutMs how long one call may take
 */
export function createModel(
  env: Pick<Env, "GEMINI_API_KEY" | "GEMINI_BASE_URL" | "GEMINI_MODEL" | "MODELS_FILE">,
  options: { timeoutMs?: number } = {},
): Model {
  const timeout = options.timeoutMs ?? 60_000;
  const ai = new GoogleGenAI({
    apiKey: env.GEMINI_API_KEY,
    // Both said aloud: otherwise the SDK takes them from GOOGLE_… variables of its own.
    enterprise: false,
    httpOptions: {
      baseUrl: env.GEMINI_BASE_URL ?? "https://generativelanguage.googleapis.com",
      // The SDK's own choice moves with its versions.
      apiVersion: "v1beta",
      timeout,
    },
  });

  return {
    name: env.GEMINI_MODEL,
    modelsFile: env.MODELS_FILE,

    async label(request) {
      const record = recordBody(env.GEMINI_API_KEY);
      try {
        await ai.models.generateContent(generation(request, record.fetch));
        const examples = request.examples.map(({ answer }) => answer);
        return readResponse(record.body ?? "", request.answer, examples);
      } catch (error) {
        const failure = failureOf(error, {
          model: request.model,
          timeoutMs: timeout,
          isStopped: request.signal?.aborted,
        });
        return { ...failure, raw: record.body?.slice(0, LONGEST_ERROR_BODY) ?? null };
      }
    },

    async embed(request) {
      const record = recordBody(env.GEMINI_API_KEY);
      try {
        await ai.models.embedContent(embedding(request, record.fetch));
        return readEmbeddings(record.body ?? "", request);
      } catch (error) {
        return failureOf(error, { model: request.model, timeoutMs: timeout, isStopped: request.signal?.aborted });
      }
    },

    async preview(request) {
      const sent = { address: "", body: "{}" };
      await ai.models.generateContent(
        generation(request, async (address, init) => {
          sent.address = String(address instanceof Request ? address.url : address);
          sent.body = String(init?.body);
          return new Response("{}");
        }),
      );
      return { address: sent.address, body: z.json().parse(JSON.parse(sent.body)) };
    },

    async countTokens(request) {
      const record = recordBody(env.GEMINI_API_KEY);
      return orModelError(request.model, request.signal, async () => {
        await ai.models.countTokens({
          model: request.model,
          // The Gemini API counts contents only, and refuses systemInstruction; its tokens are the same as content.
          contents: [{ role: "user", parts: [{ text: request.instructions }] }, ...turns(request)],
          config: { httpOptions: { fetch: record.fetch }, ...(request.signal && { abortSignal: request.signal }) },
        });
        const counted = readCount(record.body ?? "");
        if (!counted) throw new ModelError("Gemini counted no tokens.", true);
        return counted;
      });
    },

    list(signal) {
      return orModelError(env.GEMINI_MODEL, signal, async () => {
        const names: string[] = [];
        const pager = await ai.models.list({ config: { pageSize: 1_000, ...(signal && { abortSignal: signal }) } });
        for await (const { name, supportedActions } of pager) {
          if (name && supportedActions?.includes("generateContent")) names.push(name.replace(/^models\//, ""));
        }
        return names;
      });
    },
  };

  /** Everything that work throws as a ModelError. */
  async function orModelError<T>(model: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ModelError) throw error;
      const failure = failureOf(error, { model, timeoutMs: timeout, isStopped: signal?.aborted });
      throw new ModelError(failure.reason, mayPass(failure), { cause: error });
    }
  }
}

/** Whether a call may be answered later without anybody changing the key or the model. */
function mayPass(failure: Failure): boolean {
  if (failure.kind === "failed") return failure.retryable;
  return failure.kind !== "denied" || failure.why !== "access";
}
