import { createHash } from "node:crypto";

/**
 * Where the thumbnail of an object lies. A key may use all of S3's 1,024 bytes, so it cannot be part of another key: its
 * SHA-256 stands for it.
 */
export function thumbnailKey(key: string): string {
  const hash = createHash("sha256").update(key).digest("hex");
  return `thumbnails/${hash.slice(0, 2)}/${hash}.webp`;
}
