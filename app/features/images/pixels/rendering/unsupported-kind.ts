import type { ImageType } from "./image-type";

/**
 * Of a picture that could not be decoded: what it is, when it is a kind that libvips does not read, and what to store instead; null when
 * nothing says that it is such a kind, so that it is damaged.
 */
export function unsupportedKind(bytes: Uint8Array, contentType: ImageType): { kind: string; instead: string } | null {
  switch (contentType) {
    case "image/heic":
      return { kind: "a HEIC image", instead: "JPEG" };
    case "image/avif":
      return isSequence(bytes) ? { kind: "an animated AVIF", instead: "WebP or GIF" } : null;
    case "image/tiff": {
      const kind = kindOfTiff(bytes);
      return kind === null ? null : { kind, instead: "PNG, or a TIFF with LZW or Deflate" };
    }
    default:
      return null;
  }
}

/** Its major brand says that it is a sequence first of all (AVIF 1.1, section 6). */
const isSequence = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(8, 12)) === "avis";

const COMPRESSION = 259;
const PHOTOMETRIC = 262;
const PLANAR = 284;
const TILE_WIDTH = 322;

/** By the tags of its first directory (TIFF 6.0 and libtiff's list of private compressions). */
function kindOfTiff(bytes: Uint8Array): string | null {
  const tags = firstDirectory(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const compression = compressions[tags.get(COMPRESSION) ?? 1];
  if (compression) return `a TIFF compressed by ${compression}`;
  if (tags.get(PHOTOMETRIC) === 8 || tags.get(PHOTOMETRIC) === 9) return "a TIFF in Lab colors";
  if (tags.get(PLANAR) === 2 && tags.has(TILE_WIDTH)) return "a TIFF with a plane of tiles for each color";
  return null;
}

const compressions: Record<number, string> = {
  6: "old-style JPEG",
  34661: "JBIG",
  34712: "JPEG 2000",
  34887: "LERC",
  34925: "LZMA",
  50001: "WebP",
  52546: "JPEG XL",
};

/** The values of tags that are one number of 16 or 32 bits. */
function firstDirectory(view: DataView): Map<number, number> {
  const tags = new Map<number, number>();
  try {
    const isLittle = view.getUint16(0) === 0x4949;
    const at = view.getUint32(4, isLittle);
    const entries = view.getUint16(at, isLittle);
    for (let entry = at + 2; entry < at + 2 + 12 * entries; entry += 12) {
      const isShort = view.getUint16(entry + 2, isLittle) === 3;
      const value = isShort ? view.getUint16(entry + 8, isLittle) : view.getUint32(entry + 8, isLittle);
      tags.set(view.getUint16(entry, isLittle), value);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return tags;
}
