import sharp, { type OutputInfo } from "sharp";
import { HASHED_SIDE, perceptualHash } from "./perceptual-hash";

/** Long side in px. Enlarged to a card it is a blur of the picture's colors, in some 120 bytes. */
const PLACEHOLDER_EDGE = 12;

export type Look = {
  /** A tiny WebP to show until the thumbnail has come; null for a picture with transparency, under which it would show through. */
  placeholder: Buffer | null;
  perceptualHash: string;
};

/** What a picture looks like, from its pixels in sRGB. */
export async function describeLook(pixels: Buffer, { width, height, channels }: OutputInfo): Promise<Look> {
  const picture = () => sharp(pixels, { raw: { width, height, channels } });
  const grey = await picture()
    .flatten({ background: "#fff" })
    .greyscale()
    .resize(HASHED_SIDE, HASHED_SIDE, { fit: "fill" })
    .raw()
    .toBuffer();
  const isOpaque = channels !== 4 || (await picture().stats()).isOpaque;
  const placeholder = isOpaque
    ? await picture()
        .removeAlpha()
        .resize(PLACEHOLDER_EDGE, PLACEHOLDER_EDGE, { fit: "inside", withoutEnlargement: true })
        .webp({ quality: 40 })
        .toBuffer()
    : null;
  return { placeholder, perceptualHash: perceptualHash(grey) };
}
