import sharp, { type Sharp } from "sharp";
import type { DrawingRequest } from "./read-draw-request";
import { readWords, type Words } from "./scene";

/** Red, green and blue of each tone's pictures, from those of a neutral one. */
const tints = { warm: [1.12, 1, 0.84], neutral: [1, 1, 1], cool: [0.86, 1, 1.14] };
const brightness = { dark: 0.6, bright: 1.25 };

/**
 * A base picture with what the words name changed, as PNG: tone, light, and a color for what lies low in the middle (clothes), or for
 * what a mask shows. As with the real one nothing stays quite as it was, outside of the mask neither.
 */
export async function editPicture(
  { instruction, sha256, width, height }: DrawingRequest,
  base: NonNullable<DrawingRequest["base"]>,
): Promise<Buffer> {
  const words = readWords(instruction);
  const size = { width, height };
  const before = await opened(base.bytes, size).linear(1, 2).png().toBuffer();
  const mask = base.mask && (await opened(base.mask, size).greyscale().png().toBuffer());
  const painted = await paint(await changed(sharp(before), words, sha256).png().toBuffer(), words, mask, size);
  if (!mask) return painted;
  const inside = await sharp(painted).joinChannel(mask).png().toBuffer();
  return sharp(before)
    .composite([{ input: inside }])
    .removeAlpha()
    .png()
    .toBuffer();
}

const opened = (bytes: Buffer, { width, height }: { width: number; height: number }): Sharp =>
  sharp(bytes)
    .autoOrient()
    .flatten({ background: "#000" })
    .toColourspace("srgb")
    .resize(width, height, { fit: "cover" });

/** Where the words say nothing of it, a little of the request's own. */
function changed(picture: Sharp, { tone, light }: Words, sha256: string): Sharp {
  const own = 0.94 + (Number.parseInt(sha256.slice(0, 2), 16) / 255) * 0.12;
  const [r = 1, g = 1, b = 1] = tone ? tints[tone] : [own, 1, 2 - own];
  const factor = light ? brightness[light] : 1;
  return picture.linear([r * factor, g * factor, b * factor], [0, 0, 0]);
}

async function paint(
  picture: Buffer,
  { color }: Words,
  mask: Buffer | null,
  { width, height }: { width: number; height: number },
): Promise<Buffer> {
  if (color === null) return picture;
  const place = mask
    ? `<rect width="100" height="100" fill="${color}" opacity=".8"/>`
    : `<path d="M8 100C10 84 20 78 38 75C45 79 55 79 62 75C80 78 90 84 92 100Z" fill="${color}" opacity=".8"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100" preserveAspectRatio="none">${place}</svg>`;
  return sharp(picture)
    .composite([{ input: Buffer.from(svg) }])
    .removeAlpha()
    .png()
    .toBuffer();
}
