import sharp from "sharp";
import { HASHED_SIDE, perceptualHash } from "./perceptual-hash";
import { type Pixels, shrink } from "./shrink";

/** Long side in px. Enlarged to a card it is a blur of the picture's colors, in some 120 bytes. */
const PLACEHOLDER_EDGE = 12;

export type Look = {
  /** A tiny WebP to show until the thumbnail has come; null for a picture with transparency, under which it would show through. */
  placeholder: Buffer | null;
  perceptualHash: string;
};

/** What a picture looks like, from its pixels in sRGB. */
export async function describeLook(picture: Pixels): Promise<Look> {
  const square = shrink(picture, HASHED_SIDE, HASHED_SIDE);
  const placeholder = isOpaque(picture) ? await blur(square, picture) : null;
  return { placeholder, perceptualHash: perceptualHash(toGrey(square)) };
}

/** By how bright the eye takes red, green and blue (ITU-R BT.709). */
const toGrey = (rgb: Uint8Array) =>
  Uint8Array.from({ length: rgb.length / 3 }, (_, pixel) => {
    const [r = 0, g = 0, b = 0] = rgb.subarray(3 * pixel, 3 * pixel + 3);
    return Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b);
  });

function isOpaque({ samples, channels }: Pixels): boolean {
  if (channels !== 4) return true;
  for (let at = 3; at < samples.length; at += 4) if (samples[at] !== 255) return false;
  return true;
}

/** From the square, which has all that so few pixels can show, in the picture's shape. */
function blur(square: Uint8Array, picture: Pixels): Promise<Buffer> {
  const scale = Math.min(1, PLACEHOLDER_EDGE / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const small = shrink({ samples: square, width: HASHED_SIDE, height: HASHED_SIDE, channels: 3 }, width, height);
  return sharp(small, { raw: { width, height, channels: 3 } })
    .webp({ quality: 40 })
    .toBuffer();
}
