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
      responseJsonSchema: z.unknown().optional(),
    })
    .default({}),
});
const countBody = z.strictObject({ contents: z.array(content).min(1) });

export type Tokens = { text: number; image: number };
export type GenerateRequest = {
  image: { bytes: Buffer; sha256: string } | null;
  tokens: Tokens;
  maxOutputTokens: number | undefined;
  responseJsonSchema: unknown;
};

/** @throws GoogleError 400 as Google words it */
export async function readGenerate(json: unknown): Promise<GenerateRequest> {
  const { contents, systemInstruction, generationConfig } = parse(generateBody, json);
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
    tokens: await countContents([...(systemInstruction ? [systemInstruction] : []), ...contents]),
    maxOutputTokens,
    responseJsonSchema,
  };
}

/** @throws GoogleError 400 for anything beside contents: the Gemini API counts neither instructions nor configuration */
export async function readCount(json: unknown): Promise<Tokens> {
  return countContents(parse(countBody, json).contents);
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

async function countContents(contents: z.infer<typeof content>[]): Promise<Tokens> {
  const tokens: Tokens = { text: 0, image: 0 };
  for (const { text, inlineData } of contents.flatMap(({ parts }) => parts)) {
    if (text) tokens.text += textTokens(text);
    if (inlineData) tokens.image += await imageTokens(Buffer.from(inlineData.data, "base64"));
  }
  return tokens;
}

/** About four characters a token (ai.google.dev/gemini-api/docs/tokens). */
export const textTokens = (text: string) => Math.ceil(text.length / 4);

/**
 * 258 tokens up to 384×384, else 258 a tile, a tile's edge being the short side ÷ 1.5 within 256 to 768
 * (ai.google.dev/gemini-api/docs/image-understanding).
 */
async function imageTokens(bytes: Buffer): Promise<number> {
  const { width, height } = await sharp(bytes)
    .metadata()
    .catch(() => {
      throw badRequest(
        "Unable to process input image. Please retry or report in https://developers.generativeai.google/guide/troubleshooting",
      );
    });
  if (width <= 384 && height <= 384) return 258;
  const tile = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)));
  return Math.ceil(width / tile) * Math.ceil(height / tile) * 258;
}
