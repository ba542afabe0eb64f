/** The formats that are read. HEIC is recognised so that it can be named; it decodes only where libheif knows HEVC. */
export type ImageType =
  | "image/jpeg"
  | "image/png"
  | "image/webp"
  | "image/gif"
  | "image/avif"
  | "image/heic"
  | "image/tiff";

/** Bytes that `sniffImageType` looks at. */
const SNIFFED_BYTES = 4_096;

/**
 * What the first bytes say that they are, whatever the key's extension or the Content-Type claim; null for anything that
 * is no image. "svg" is told apart because people take it for an image: it is a document that can carry scripts.
 */
export function sniffImageType(bytes: Uint8Array): ImageType | "svg" | null {
  const text = latin1(bytes, 0, SNIFFED_BYTES);
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return "image/gif";
  if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return "image/webp";
  if (/^(?:II[*+]\0|MM\0[*+])/.test(text)) return "image/tiff";
  if (text.startsWith("ftyp", 4)) return typeOfBrands(text);
  if (/^(?:\xef\xbb\xbf)?\s*<(?:svg|\?xml|!--|!doctype)/i.test(text) && /<svg[\s>]/i.test(text)) return "svg";
  return null;
}

/** ISO base media files name their brands: the major one, a version, then the compatible ones, four letters each. */
function typeOfBrands(text: string): ImageType | null {
  const boxBytes = text.charCodeAt(2) * 256 + text.charCodeAt(3);
  const brands = [text.slice(8, 12), ...(text.slice(16, Math.max(16, boxBytes)).match(/.{4}/gs) ?? [])];
  if (brands.some((brand) => brand === "avif" || brand === "avis")) return "image/avif";
  if (brands.some((brand) => /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand))) return "image/heic";
  return null;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
