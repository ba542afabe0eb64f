/** Where things lie in the bucket, read from keys alone. Keys are compared as S3 gives them: NFC and NFD are two keys. */

import { isOwnerName, parseIngestKey } from "./ingest-layout";

/** Prefixes that hold what the console makes or keeps, never images that it tracks; in key order. */
export const UNTRACKED_PREFIXES = ["backups/", "incoming/", "labels/", "originals/", "thumbnails/", "trash/"] as const;

/**
 * What no CDN may serve: the console's own, and photographs that people gave us and nobody has published. terraform/ refuses them to
 * CloudFront by the same list, which a test holds to this one.
 */
export const PRIVATE_PREFIXES = [...UNTRACKED_PREFIXES, "references/", "uploads/"] as const;

const IMAGE_EXTENSIONS = ["avif", "bmp", "gif", "heic", "heif", "jpeg", "jpg", "png", "tif", "tiff", "webp"];
const IMAGE_NAME = new RegExp(`\\.(${IMAGE_EXTENSIONS.join("|")})$`, "i");
const OWNED_FOLDERS = ["generated", "uploads"] as const;
const OWNED_KEY = new RegExp(`^(?:${OWNED_FOLDERS.join("|")})/([^/]+)/\\d{4}/(?:0[1-9]|1[0-2])/[^/]+\\.[^/.]+$`);

export type ImageKind = "generated" | "upload" | "reference" | "other";

/** True for an S3 browser's stand-in for an empty folder. */
export function isFolderMarker(key: string): boolean {
  return key.endsWith("/");
}

/** True for a prefix (or key) below which nothing is tracked. */
export function isUntrackedPrefix(prefix: string): boolean {
  return UNTRACKED_PREFIXES.some((untracked) => prefix.startsWith(untracked));
}

/** True for an object that has a row in the image index. */
export function isTracked(key: string): boolean {
  return !isFolderMarker(key) && !isUntrackedPrefix(key);
}

/** True for what a conversion keeps of an image (docs/decisions/062-converting-images.md). */
export function isOriginal(key: string): boolean {
  return key.startsWith("originals/");
}

/** True for what a CDN before the bucket serves to everyone. */
export function isPublished(key: string): boolean {
  return !PRIVATE_PREFIXES.some((prefix) => key.startsWith(prefix));
}

/** What a key tells of its image; `topic`: the folder of an ingested image's topic, “mina/cats”. */
export type ImagePlace = { kind: ImageKind; ownerId: string | null; topic: string | null };

/**
 * All of it at once, for an index of a million keys. The owner is the one in `generated|uploads/<owner>/<yyyy>/<mm>/<name>.<ext>`, or of an
 * ingested image; null for any other shape.
 */
export function placeOf(key: string): ImagePlace {
  if (key.startsWith("references/")) return { kind: "reference", ownerId: null, topic: null };
  if (key.startsWith("generated/")) return { kind: "generated", ownerId: ownerOfOwned(key), topic: null };
  if (key.startsWith("uploads/")) return { kind: "upload", ownerId: ownerOfOwned(key), topic: null };
  const ingested = parseIngestKey(key);
  if (!ingested) return { kind: "other", ownerId: null, topic: null };
  const { owner, slug, role } = ingested;
  const kind = role.kind === "comparison" ? "generated" : "upload";
  return { kind, ownerId: owner, topic: slug === null ? null : `${owner}/${slug}` };
}

const ownerOfOwned = (key: string) => OWNED_KEY.exec(key)?.[1] ?? null;

export const imageKind = (key: string): ImageKind => placeOf(key).kind;

export const ownerFromKey = (key: string): string | null => placeOf(key).ownerId;

/**
 * Below which prefixes keys name an owner. Below the last one, of ingested images, others may lie that only have a folder
 * of the same name: their kind is "other".
 */
export function ownerPrefixes(ownerId: string): string[] {
  const prefixes = OWNED_FOLDERS.map((folder) => `${folder}/${ownerId}/`);
  return isOwnerName(ownerId) ? [...prefixes, `${ownerId}/`] : prefixes;
}

/**
 * A key that names an owner, with another one in its place: `uploads/a/2026/11/x.png` → `uploads/b/2026/11/x.png`,
 * `a/cats/hero.png` → `b/cats/hero.png`. Where the other cannot stand there (`trash/cats/hero.png` would be in the
 * trash), the key stays as it is.
 */
export function keyOfOwner(key: string, ownerId: string): string {
  const parts = key.split("/");
  parts[parseIngestKey(key) ? 0 : 1] = ownerId;
  const renamed = parts.join("/");
  return ownerFromKey(renamed) === ownerId ? renamed : key;
}

/** True when the name claims to be a picture. What the bytes are, only reading them tells. */
export function hasImageExtension(key: string): boolean {
  return IMAGE_NAME.test(key);
}

/** The part of a key after its last "/". */
export function baseName(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

/** The last folder and the name, which tell one from another that is called alike: “front_warm/reference.png”. */
export const nameWithFolder = (key: string) => key.split("/").slice(-2).join("/");

/** The direct subfolder of a prefix that a key lies in, as a prefix; null for a key that lies at the prefix itself. */
export function folderBelow(prefix: string, key: string): string | null {
  const slash = key.indexOf("/", prefix.length);
  return slash < 0 ? null : key.slice(0, slash + 1);
}

/** “references/01. Model/front_warm/” → “front_warm” */
export function folderName(prefix: string): string {
  return prefix.split("/").at(-2) ?? prefix;
}

/** The keys with this prefix as a condition on the image index. */
export function keysBelow(prefix: string): { gte: string; lt?: string } {
  const bound = prefixUpperBound(prefix);
  return { gte: prefix, ...(bound !== null && { lt: bound }) };
}

/**
 * The first string after every key with this prefix, in the order that S3 lists and SQLite compares text (UTF-8 bytes):
 * `key >= prefix AND key < prefixUpperBound(prefix)` is the prefix as a range of an index. Null: there is none (the
 * prefix is empty).
 */
export function prefixUpperBound(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // UTF-8 has no surrogates: after U+D7FF comes U+E000.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return null;
}
