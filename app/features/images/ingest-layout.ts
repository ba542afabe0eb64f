/**
 * The keys under which ingested images lie, as they are read. How they are made is `ingestKey` of features/ingest/keys.
 *
 *     OWNER/SLUG/hero.jpg                           OWNER/SLUG/comparison/MODEL_HASH8.png
 *     OWNER/SLUG/supporting/HASH8.jpg               OWNER/SLUG/platform/PLATFORM_og.jpg or PLATFORM_HASH8.jpg
 *     OWNER/branding/NAME.png
 *
 * A bucket has other folders at its top. Of a key that does not have one of these shapes to its end, nothing is claimed.
 */

/** What an image is to its topic, or, for branding, to its owner. */
export type IngestRole =
  | { kind: "hero" }
  | { kind: "supporting" }
  /** The same prompt, drawn by a model. */
  | { kind: "comparison"; model: string }
  /** What a platform shows; `isOg`: the one picture that stands for a page which is shared there. */
  | { kind: "platform"; platform: string; isOg: boolean }
  | { kind: "branding"; name: string };

/** The folder of an owner that is no topic's. */
export const BRANDING = "branding";
/** Characters of a slug. With an owner of 200 characters of four bytes each, a key still keeps to S3's 1,024 bytes. */
export const LONGEST_SLUG = 60;
const LONGEST_OWNER = 200;

/** The first folders of a key that mean something else. */
const RESERVED = [
  "thumbnails",
  "trash",
  "backups",
  "labels",
  "references",
  "generated",
  "uploads",
  "incoming",
  "originals",
];

/** As sniffed types are called in keys. */
export const INGEST_EXTENSIONS = ["jpg", "png", "webp", "gif", "avif", "tif", "heic"] as const;
export type IngestExtension = (typeof INGEST_EXTENSIONS)[number];

const SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*";
const MODEL = "[a-z0-9]+(?:[.-][a-z0-9]+)*";
const HASH8 = "[0-9a-f]{8}";
const SHAPE = new RegExp(
  `^(?<owner>[^/]+)/(?:${BRANDING}/(?<name>${SLUG})|(?!${BRANDING}/)(?<slug>${SLUG})/(?:(?<hero>hero)|supporting/${HASH8}|` +
    `comparison/(?<model>${MODEL})_${HASH8}|platform/(?<platform>${SLUG})_(?:(?<og>og)|${HASH8})))\\.(?:${INGEST_EXTENSIONS.join("|")})$`,
);

/** What is wrong with an owner's name as the first folder of a key, as a sentence; null: nothing is. */
export function whyNoOwner(owner: string): string | null {
  if (owner === "") return "The owner is empty.";
  if (Array.from(owner).length > LONGEST_OWNER) return `The owner is longer than ${LONGEST_OWNER} characters.`;
  if (/[/\\]/.test(owner)) return "The owner contains a slash, which separates the parts of a key.";
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(owner)) return "The owner contains a character that cannot be seen.";
  if (owner.trim() !== owner) return "The owner begins or ends with a space.";
  if (owner === "." || owner.includes("..")) return "The owner contains dots that are not safe in a key.";
  if (RESERVED.includes(owner.toLowerCase()))
    return "The owner is called like a folder that the bucket has for something else.";
  return null;
}

/** True for what can be the first folder of an ingested image's key. */
export const isOwnerName = (owner: string): boolean => whyNoOwner(owner) === null;

/** Whose image lies there, and what it is; `slug`: of its topic, null for branding. Null for any other key. */
export function parseIngestKey(key: string): { owner: string; slug: string | null; role: IngestRole } | null {
  const found = SHAPE.exec(key)?.groups;
  const { owner, slug = null } = found ?? {};
  if (!found || owner === undefined || !isOwnerName(owner)) return null;
  const isTooLong = [slug, found.name, found.model, found.platform].some((part) => (part?.length ?? 0) > LONGEST_SLUG);
  return isTooLong ? null : { owner, slug, role: roleOf(found) };
}

function roleOf({ hero, model, platform, og, name }: Record<string, string | undefined>): IngestRole {
  if (name !== undefined) return { kind: "branding", name };
  if (model !== undefined) return { kind: "comparison", model };
  if (platform !== undefined) return { kind: "platform", platform, isOg: og !== undefined };
  return { kind: hero === undefined ? "supporting" : "hero" };
}
