import type { Metadata } from "sharp";
import type { ImageType } from "./image-type";

const MIB = 1024 * 1024;

/**
 * What all pictures that are decoded for this process at one time may hold, by the estimate below. With it a worker and its
 * children stay below 1.5 GB (`npm run bench -- slow-pictures`), and what takes most of all, an AVIF, may have 42 megapixels.
 */
export const DECODE_BUDGET_BYTES = 768 * MIB;

type Pixels = Pick<Metadata, "width" | "height" | "channels" | "depth" | "isProgressive"> & {
  /** Of a GIF: its first frame leaves a part of the canvas free. */
  isPartial?: boolean;
};

/**
 * The most memory that decoding a picture holds, told from its header. Rows of a plain PNG pass through, other formats
 * are held whole: a progressive JPEG as coefficients of 2 bytes, an interlaced PNG as its pixels, WebP, GIF and AVIF as
 * their frame and its planes. Measured with sharp 0.35.5 at 9,900 × 9,900 px, in bytes a pixel beyond the idle process:
 * JPEG 0.6, progressive 3.6 (4:2:0), 6.6 (4:4:4), 8.7 (CMYK); PNG 0.6, 16 bit RGBA 1.7, interlaced 3.5, both 9.2;
 * WebP 8.3; GIF 4.9, 8.4 where its first frame is laid on a canvas; TIFF 0.6, 16 bit RGBA 1.7; AVIF 18.4, and 25.6 where it has 10 or 12 bit.
 */
export function decodedBytes(
  contentType: ImageType,
  { width, height, channels, depth, isProgressive, isPartial = false }: Pixels,
): number {
  const samples = channels * bytesOf(depth);
  const bytesPerPixel = {
    // Also when it is not progressive: its components may lie in scans of their own, of which the header says nothing.
    "image/jpeg": 2 * channels + 1,
    "image/png": isProgressive ? 1.2 * samples : 2,
    "image/webp": 9,
    "image/gif": isPartial ? 9 : 5,
    // A strip may hold the whole picture.
    "image/tiff": samples + 1,
    "image/avif": bytesOf(depth) > 1 ? 27 : 19,
    "image/heic": bytesOf(depth) > 1 ? 27 : 19,
  }[contentType];
  return Math.ceil(width * height * bytesPerPixel);
}

/** Bytes of one sample, by libvips' names. */
function bytesOf(depth: string): number {
  if (depth === "uchar" || depth === "char") return 1;
  if (depth === "ushort" || depth === "short") return 2;
  return depth === "double" || depth === "complex" ? 8 : depth === "dpcomplex" ? 16 : 4;
}
