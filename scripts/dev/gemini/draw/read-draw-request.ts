import { createHash } from "node:crypto";
import sharp from "sharp";
import { z } from "zod";
import { badRequest } from "../errors";
import { type Tokens, textTokens } from "../request";
import { type ImageModel, imageModelOf, nearestRatio, pixelsOf } from "./image-models";

const part = z.looseObject({
  text: z.string().optional(),
  inlineData: z.object({ data: z.base64(), mimeType: z.string() }).optional(),
});
const drawBody = z.object({
  contents: z.array(z.object({ role: z.string().optional(), parts: z.array(part).min(1) })).min(1),
  generationConfig: z
    .looseObject({
      maxOutputTokens: z.int().positive().default(32_768),
      responseMimeType: z.string().optional(),
      responseJsonSchema: z.unknown().optional(),
      responseSchema: z.unknown().optional(),
      responseModalities: z.array(z.enum(["TEXT", "IMAGE"])).default(["TEXT", "IMAGE"]),
      imageConfig: z
        .strictObject({ aspectRatio: z.string().optional(), imageSize: z.string().optional() })
        .prefault({}),
    })
    .prefault({}),
});
type Settings = z.infer<typeof drawBody>["generationConfig"];

export type DrawingRequest = {
  model: ImageModel;
  /** Of all that is asked. */
  sha256: string;
  instruction: string;
  pictures: Buffer[];
  base: { bytes: Buffer; mask: Buffer | null } | null;
  size: string;
  width: number;
  height: number;
  tokens: Tokens;
  maxOutputTokens: number;
};

/** @throws GoogleError 400 as Google words it, where its words are known */
export async function readDrawRequest(name: string, json: unknown): Promise<DrawingRequest> {
  const read = drawBody.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw badRequest(
      issue?.code === "unrecognized_keys"
        ? `Invalid JSON payload received. Unknown name "${issue.keys[0]}" at 'generation_config.image_config': Cannot find field.`
        : `Invalid value at '${issue?.path.join(".")}': ${issue?.message}`,
    );
  }
  const { contents, generationConfig } = read.data;
  const model = imageModelOf(name);
  refuseSettings(model, generationConfig);
  const parts = contents.flatMap((content) => content.parts);
  const { words, pictures, base } = sortParts(parts);
  const all = [...pictures, ...(base ? [base.bytes] : []), ...(base?.mask ? [base.mask] : [])];
  if (all.length > model.mostPictures) {
    throw badRequest(`Please use at most ${model.mostPictures} images as input; the request has ${all.length}.`);
  }
  const [first] = await Promise.all((base ? [base.bytes, ...all] : all).map(sizeOf));
  const size = generationConfig.imageConfig.imageSize ?? "1K";
  const ratio = generationConfig.imageConfig.aspectRatio ?? (first ? nearestRatio(model.ratios, first) : "1:1");
  return {
    model,
    sha256: createHash("sha256")
      .update(JSON.stringify([name, contents, generationConfig]))
      .digest("hex"),
    instruction: words.join("\n"),
    pictures,
    base,
    size,
    ...pixelsOf(ratio, size),
    tokens: {
      text: parts.reduce((sum, { text }) => sum + (text ? textTokens(text) : 0), 0),
      image: all.length * model.inputTokens,
    },
    maxOutputTokens: generationConfig.maxOutputTokens,
  };
}

function refuseSettings(model: ImageModel, { imageConfig, responseModalities, ...settings }: Settings) {
  const { responseMimeType, responseJsonSchema, responseSchema } = settings;
  if (responseMimeType === "application/json" || responseJsonSchema !== undefined || responseSchema !== undefined) {
    throw badRequest("JSON mode is not enabled for this model");
  }
  if (!responseModalities.includes("IMAGE")) {
    throw badRequest("Model does not support the requested response modalities: text");
  }
  const { aspectRatio, imageSize } = imageConfig;
  if (aspectRatio !== undefined && !model.ratios.includes(aspectRatio)) {
    throw badRequest(`aspect_ratio must be one of ${model.ratios.map((one) => `'${one}'`).join(", ")}.`);
  }
  if (imageSize !== undefined && !model.takesSize) throw badRequest("Image size is not enabled for this model");
  if (imageSize !== undefined && model.tokens[imageSize] === undefined) {
    throw badRequest(
      `image_size must be one of ${Object.keys(model.tokens)
        .map((one) => `'${one}'`)
        .join(", ")}.`,
    );
  }
}

/** A picture behind words that speak of a mask is one, behind words of a picture to change the base: so a model reads it, too. */
function sortParts(parts: z.infer<typeof part>[]) {
  const [words, pictures]: [string[], Buffer[]] = [[], []];
  let base: Buffer | null = null;
  let mask: Buffer | null = null;
  let before = "";
  for (const { text, inlineData } of parts) {
    const bytes = inlineData && Buffer.from(inlineData.data, "base64");
    if (bytes && /\bmask\b/i.test(before)) mask = bytes;
    else if (bytes && /\bpicture to change\b/i.test(before)) base = bytes;
    else if (bytes) pictures.push(bytes);
    else if (text && !isLabel(text)) words.push(text);
    before = text && isLabel(text) ? text : "";
  }
  return { words, pictures, base: base && { bytes: base, mask } };
}

const isLabel = (text: string) => /^This is the (?:picture to change|mask)\b/i.test(text);

async function sizeOf(bytes: Buffer): Promise<{ width: number; height: number }> {
  const metadata = await sharp(bytes)
    .metadata()
    .catch(() => {
      throw badRequest("Unable to process input image.");
    });
  return metadata.autoOrient;
}
