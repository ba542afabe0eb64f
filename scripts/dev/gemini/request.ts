import { createHash } from "node:crypto";
import sharp from "sharp";
import { z } from "zod";
import { badRequest } from "./errors";

const part = z.looseObject({
  text: z.string().optional(),
  inlineData: z.object({ data: z.base64(), mimeType: z.string() }).optional(),
});
const content = z.object({ role: z.string().optional(), parts: z.array(part).min(1) });

const generateBody = z.object({
  contents: z.array(content).min(1),
  systemInstruction: content.optional(),
  generationConfig: z
    .looseObject({
      maxOutputTokens: z.int().positive().optional(),
      responseMimeType: z.string().optional(),
      mediaResolution: z
        .enum(["MEDIA_RESOLUTION_LOW", "MEDIA_RESOLUTION_MEDIUM", "MEDIA_RESOLUTION_HIGH"])
        .default("MEDIA_RESOLUTION_HIGH"),
      temperature: z.unknown().optional(),
      topP: z.unknown().optional(),
      topK: z.unknown().optional(),
      thinkingConfig: z.looseObject({ thinkingLevel: z.string().optional() }).optional(),
      responseJsonSchema: z.unknown().optional(),
    })
    .prefault({}),
});
const countBody = z.strictObject({ contents: z.array(content).min(1) });

export type Tokens = { text: number; image: number };
export type GenerateRequest = {
  image: { bytes: Buffer; sha256: string } | null;
  /** The answers that the request gives to its examples. */
  examples: string[];
  tokens: Tokens;
  maxOutputTokens: number | undefined;
  responseJsonSchema: unknown;
};

/** @throws GoogleError 400 as Google words it */
export async function readGenerate(model: string, json: unknown): Promise<GenerateRequest> {
  const { contents, systemInstruction, generationConfig } = parse(generateBody, json);
  refuseSettings(model, generationConfig);
  const { responseJsonSchema, responseMimeType, maxOutputTokens } = generationConfig;
  if (responseJsonSchema !== undefined && responseMimeType !== "application/json") {
    throw badRequest(
      `Function calling config is set without function_declarations or response mime type: '${responseMimeType ?? ""}'`,
    );
  }
  const last = contents.flatMap(({ parts }) => parts.flatMap((one) => one.inlineData ?? [])).at(-1);
  const bytes = last && Buffer.from(last.data, "base64");
  return {
    image: bytes ? { bytes, sha256: createHash("sha256").update(bytes).digest("hex") } : null,
    examples: contents.flatMap(({ role, parts }) => (role === "model" ? parts.flatMap(({ text }) => text ?? []) : [])),
    tokens: await countContents(
      model,
      [...(systemInstruction ? [systemInstruction] : []), ...contents],
      generationConfig.mediaResolution,
    ),
    maxOutputTokens,
    responseJsonSchema,
  };
}

/** @throws GoogleError 400 for anything beside contents: the Gemini API counts neither instructions nor configuration */
export async function readCount(model: string, json: unknown): Promise<Tokens> {
  return countContents(model, parse(countBody, json).contents, "MEDIA_RESOLUTION_HIGH");
}

type Settings = z.infer<typeof generateBody>["generationConfig"];

// Google ignores sampling parameters where a model no longer takes them; here a request that still has one is refused, so that
// it is noticed. The level “minimal” Google refuses itself.
const NO_SAMPLING = /^gemini-(?:3\.5-flash-lite|3\.[6-9]|[4-9])/;
const NO_MINIMAL = /^gemini-3\.[78]-flash/;

function refuseSettings(model: string, { temperature, topP, topK, thinkingConfig }: Settings) {
  const sampling = Object.entries({ temperature, topP, topK }).find(([, value]) => value !== undefined);
  if (sampling && NO_SAMPLING.test(model)) throw badRequest(`${sampling[0]} is not supported by models/${model}.`);
  const level = thinkingConfig?.thinkingLevel;
  if (level === "MINIMAL" && NO_MINIMAL.test(model)) {
    throw badRequest(
      `Thinking level MINIMAL is not supported by models/${model}. Supported levels: LOW, MEDIUM, HIGH.`,
    );
  }
}

function parse<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === "unrecognized_keys") {
    throw badRequest(`Invalid JSON payload received. Unknown name "${issue.keys[0]}": Cannot find field.`);
  }
  throw badRequest(`Invalid value at '${issue?.path.join(".")}': ${issue?.message}`);
}

async function countContents(
  model: string,
  contents: z.infer<typeof content>[],
  resolution: Settings["mediaResolution"],
): Promise<Tokens> {
  const tokens: Tokens = { text: 0, image: 0 };
  for (const { text, inlineData } of contents.flatMap(({ parts }) => parts)) {
    if (text) tokens.text += textTokens(text);
    if (inlineData) tokens.image += await imageTokens(model, Buffer.from(inlineData.data, "base64"), resolution);
  }
  return tokens;
}

/** About four characters a token (ai.google.dev/gemini-api/docs/tokens). */
export const textTokens = (text: string) => Math.ceil(text.length / 4);

/** From Gemini 3 on the setting alone decides (ai.google.dev/gemini-api/docs/media-resolution). */
const BY_RESOLUTION = { MEDIA_RESOLUTION_LOW: 280, MEDIA_RESOLUTION_MEDIUM: 560, MEDIA_RESOLUTION_HIGH: 1_120 };

/**
 * Gemini 2: 258 tokens up to 384×384, else 258 a tile, a tile's edge being the short side ÷ 1.5 within 256 to 768
 * (ai.google.dev/gemini-api/docs/image-understanding).
 */
async function imageTokens(model: string, bytes: Buffer, resolution: Settings["mediaResolution"]): Promise<number> {
  const { width, height } = await sharp(bytes)
    .metadata()
    .catch(() => {
      throw badRequest(
        "Unable to process input image. Please retry or report in https://developers.generativeai.google/guide/troubleshooting",
      );
    });
  if (!model.startsWith("gemini-2")) return BY_RESOLUTION[resolution];
  if (width <= 384 && height <= 384) return 258;
  const tile = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)));
  return Math.ceil(width / tile) * Math.ceil(height / tile) * 258;
}
