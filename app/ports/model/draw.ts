import { type GenerateContentParameters, Modality, type Part, ThinkingLevel } from "@google/genai";
import { imagePart, type ModelImage } from "./model-image";

/** One picture to be drawn, or drawn anew from a base. What a model does not take is left out by who asks: prices/models.json says it. */
export type DrawRequest = {
  model: string;
  /** The operator's words. */
  instruction: string;
  /** The operator's own pictures; they come before the references. */
  uploads?: ModelImage[];
  references?: ModelImage[];
  /** The picture to change, and where: white is to be changed, black stays. The API knows no mask, so words tell what it is. */
  base?: { image: ModelImage; mask?: ModelImage };
  /** “3:4”; absent: as the base is, else as the model likes. */
  aspectRatio?: string;
  /** “1K”, “2K”, “4K”; absent: the model's own. */
  imageSize?: string;
  thinkingLevel?: keyof typeof levels;
  /** Tokens of the picture, the words beside it and the thoughts before it. */
  maxOutputTokens: number;
  signal?: AbortSignal;
};

const levels = {
  minimal: ThinkingLevel.MINIMAL,
  low: ThinkingLevel.LOW,
  medium: ThinkingLevel.MEDIUM,
  high: ThinkingLevel.HIGH,
};

const BASE = "This is the picture to change. Keep everything in it that the instruction does not name.";
const MASK = "This is the mask of the picture to change. Change only what is white in it.";

/** The request. Words are asked for as well: a model that draws nothing says why in them. */
export function drawing(
  request: DrawRequest,
  { send, timeout }: { send: typeof fetch; timeout: number },
): GenerateContentParameters {
  const { model, aspectRatio, imageSize, thinkingLevel, maxOutputTokens, signal } = request;
  return {
    model,
    contents: [{ role: "user", parts: partsOf(request) }],
    config: {
      responseModalities: [Modality.TEXT, Modality.IMAGE],
      maxOutputTokens,
      httpOptions: { fetch: send, timeout },
      ...((aspectRatio || imageSize) && {
        imageConfig: { ...(aspectRatio && { aspectRatio }), ...(imageSize && { imageSize }) },
      }),
      ...(thinkingLevel && { thinkingConfig: { thinkingLevel: levels[thinkingLevel] } }),
      ...(signal && { abortSignal: signal }),
    },
  };
}

function partsOf({ instruction, uploads = [], references = [], base }: DrawRequest): Part[] {
  return [
    { text: instruction },
    ...[...uploads, ...references].map(imagePart),
    ...(base ? [{ text: BASE }, imagePart(base.image)] : []),
    ...(base?.mask ? [{ text: MASK }, imagePart(base.mask)] : []),
  ];
}
