import { bytes as bytesText } from "~/features/format";
import { LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { quote } from "~/quote";

/** A file as a browser tells of it. By its hash and its name it is known again. */
export type UploadFile = { name: string; bytes: number; sha256: string };

/** S3 takes 5 MiB at least; a lost connection costs no more than one of them. */
export const PART_BYTES = 8 * 1024 * 1024;
/** Files of an operator that nobody has planned yet, and images of one plan from the page. */
export const MOST_UPLOADS = 500;

const LONGEST_NAME = 1_000;
const READ = /\.(?:jpe?g|jfif|png|webp|gif|avif|tiff?|hei[cf])$/i;
/** What the file picker offers. */
export const ACCEPTED =
  "image/jpeg,image/png,image/webp,image/gif,image/avif,image/tiff,image/heic,.heic,.heif,.tif,.tiff";

/** Why a file is not sent, as a sentence; null: by its name and size it may be an image. What it is, its bytes say later. */
export function whyNoUpload({ name, bytes }: Pick<UploadFile, "name" | "bytes">): string | null {
  if (name.length > LONGEST_NAME) return `${quote(name)} has a name of more than 1,000 characters. Rename it.`;
  if (/\.svgz?$/i.test(name)) return `${quote(name)} is an SVG, which is a document rather than a picture.`;
  if (!READ.test(name))
    return `${quote(name)} does not have the name of an image file: JPEG, PNG, WebP, GIF, AVIF, TIFF or HEIC.`;
  if (bytes === 0) return `${quote(name)} is empty.`;
  if (bytes > LARGEST_HELD_BYTES) {
    return `${quote(name)} has ${bytesText(bytes)}; images may have ${bytesText(LARGEST_HELD_BYTES)} at most.`;
  }
  return null;
}

/** What a file is sent in, by number from 1. */
export function partsOf({
  bytes,
  partBytes,
}: {
  bytes: number;
  partBytes: number;
}): { number: number; bytes: number }[] {
  const parts = Math.ceil(bytes / partBytes);
  return Array.from({ length: parts }, (_, at) => ({
    number: at + 1,
    bytes: Math.min(partBytes, bytes - at * partBytes),
  }));
}
