import type { Metadata } from "sharp";
import type { ImageType } from "./image-type";

const MIB = 1024 * 1024;

/**
 * What all pictures that this process decodes at one time may hold, by the estimate below. With the process itself (about
 * 200 MiB) and eight originals of at most 64 MiB in flight it stays below pm2's max_memory_restart (ecosystem.config.cjs).
 */
export const DECODE_BUDGET_BYTES = 1024 * MIB;

type Pixels = Pick<Metadata, "width" | "height" | "channels" | "depth" | "isProgressive">;

/**
 * The most memory that decoding a picture holds, told from its header. Rows of a plain PNG pass through, other formats
 * are held whole: a progressive JPEG as coefficients of 2 bytes, an interlaced PNG as its pixels, WebP, GIF and AVIF as
 * their frame and its planes. Measured with sharp 0.35.5 at 9,900 × 9,900 px, in bytes a pixel beyond the idle process:
 * JPEG 0.6, progressive 3.6 (4:2:0), 6.6 (4:4:4), 8.7 (CMYK); PNG 0.6, 16 bit RGBA 1.7, interlaced 3.5, both 9.2;
 * WebP 8.3; GIF 4.9; TIFF 0.6, 16 bit RGBA 1.7; AVIF 18.4.
 */
export function decodedBytes(
  contentType: ImageType,
  { width, height, channels, depth, isProgressive }: Pixels,
): number {
  const samples = channels * bytesOf(depth);
  const bytesPerPixel = {
    // Also when it is not progressive: its components may lie in scans of their own, of which the header says nothing.
    "image/jpeg": 2 * channels + 1,
    "image/png": isProgressive ? 1.2 * samples : 2,
    "image/webp": 9,
    "image/gif": 5,
    // A strip may hold the whole picture.
    "image/tiff": samples + 1,
    "image/avif": 19 * bytesOf(depth),
    "image/heic": 19 * bytesOf(depth),
  }[contentType];
  return Math.ceil(width * height * bytesPerPixel);
}

/** Bytes of one sample, by libvips' names. */
function bytesOf(depth: string): number {
  if (depth === "uchar" || depth === "char") return 1;
  if (depth === "ushort" || depth === "short") return 2;
  return depth === "double" || depth === "complex" ? 8 : depth === "dpcomplex" ? 16 : 4;
}

/**
 * Lets work run at once as long as its costs sum up to no more than `total`, and has the rest wait in the order in which
 * it came, so that a stream of small works never keeps a big one waiting. What costs more than `total` runs alone.
 */
export function createBudget(total: number) {
  let free = total;
  const waiting: { cost: number; start: () => void }[] = [];
  const startNext = () => {
    for (let next = waiting[0]; next && next.cost <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.cost;
      next.start();
    }
  };
  return async function spend<T>(cost: number, work: () => Promise<T>): Promise<T> {
    const share = Math.min(cost, total);
    await new Promise<void>((start) => {
      waiting.push({ cost: share, start });
      startNext();
    });
    try {
      return await work();
    } finally {
      free += share;
      startNext();
    }
  };
}
