/** Width and height in px of a 1K picture; 2K has twice, 4K four times as many (ai.google.dev/gemini-api/docs/image-generation). */
const pixels: Record<string, [width: number, height: number]> = {
  "1:1": [1024, 1024],
  "2:3": [848, 1264],
  "3:2": [1264, 848],
  "3:4": [896, 1200],
  "4:3": [1200, 896],
  "4:5": [928, 1152],
  "5:4": [1152, 928],
  "9:16": [768, 1376],
  "16:9": [1376, 768],
  "21:9": [1584, 672],
  "1:4": [512, 2064],
  "4:1": [2064, 512],
  "1:8": [352, 2928],
  "8:1": [2928, 352],
};
const FACTORS: Record<string, number> = { "1K": 1, "2K": 2, "4K": 4 };

const common = Object.keys(pixels).slice(0, 10);

export type ImageModel = {
  ratios: string[];
  /** Whether it is told a size at all; the lite one refuses it. */
  takesSize: boolean;
  /** Output tokens of a picture by its size. */
  tokens: Record<string, number>;
  /** Tokens of a picture in the request. */
  inputTokens: number;
  mostPictures: number;
  thinks: boolean;
  format: "png" | "jpeg";
};

const imageModels: Record<string, ImageModel> = {
  "gemini-nano-banana-2.1": {
    ratios: Object.keys(pixels),
    takesSize: true,
    tokens: { "1K": 1_120, "2K": 1_680, "4K": 3_780 },
    inputTokens: 1_120,
    mostPictures: 14,
    thinks: true,
    format: "png",
  },
  "gemini-3.1-flash-lite-image": {
    ratios: common,
    takesSize: false,
    tokens: { "1K": 1_120 },
    inputTokens: 1_120,
    mostPictures: 14,
    thinks: false,
    format: "png",
  },
  "gemini-3-pro-image": {
    ratios: common,
    takesSize: true,
    tokens: { "1K": 1_120, "2K": 1_120, "4K": 2_000 },
    inputTokens: 560,
    mostPictures: 14,
    thinks: true,
    format: "jpeg",
  },
};

export const imageModelNames = Object.keys(imageModels);

/** One that tests invent takes what the newest does. */
export const imageModelOf = (name: string): ImageModel =>
  imageModels[name] ?? (imageModels["gemini-nano-banana-2.1"] as ImageModel);

/** The px of a picture of a ratio and a size that the model has. */
export function pixelsOf(ratio: string, size: string): { width: number; height: number } {
  const [width, height] = pixels[ratio] ?? [1024, 1024];
  const factor = FACTORS[size] ?? 1;
  return { width: width * factor, height: height * factor };
}

/** The ratio that is nearest to a picture's own. */
export function nearestRatio(ratios: string[], { width, height }: { width: number; height: number }): string {
  const off = (ratio: string) => {
    const [w = 1, h = 1] = pixels[ratio] ?? [];
    return Math.abs(Math.log((w / h) * (height / width)));
  };
  return ratios.toSorted((one, other) => off(one) - off(other))[0] ?? "1:1";
}
