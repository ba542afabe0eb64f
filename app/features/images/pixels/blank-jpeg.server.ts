import sharp from "sharp";

/** A plain gray JPEG of so many px, which stands in for a picture where only its size matters. */
export function blankJpeg(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "#777" } })
    .jpeg()
    .toBuffer();
}
