import sharp from "sharp";

/** A plain JPEG of so many px, gray unless told, which stands in for a picture where only its size matters. */
export function blankJpeg(width: number, height: number, background = "#777"): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
}
