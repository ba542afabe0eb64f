import { z } from "zod";
import { BRANDING, type IngestExtension, type IngestRole, isOwnerName } from "~/features/images/ingest-layout";
import type { ImageType } from "~/features/images/pixels/rendering/image-type";
import { quote } from "~/quote";
import { modelSlug, nameSlug } from "./slug";

export { type IngestRole, parseIngestKey, whyNoOwner } from "~/features/images/ingest-layout";

/** The first folder of keys whose image has no owner. */
export const DEFAULT_OWNER = "default";

/** A role as it is stored. Lines of a list tell it by `readRole`. */
export const ingestRole: z.ZodType<IngestRole> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hero") }),
  z.strictObject({ kind: z.literal("supporting") }),
  z.strictObject({ kind: z.literal("comparison"), model: z.string() }),
  z.strictObject({ kind: z.literal("platform"), platform: z.string(), isOg: z.boolean() }),
  z.strictObject({ kind: z.literal("branding"), name: z.string() }),
]);

const extensions: Readonly<Record<ImageType, IngestExtension>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/avif": "avif",
  "image/tiff": "tif",
  "image/heic": "heic",
};

/** What a key ends in: told by the bytes, never by the name that someone gave. */
export const extensionOf = (type: ImageType): IngestExtension => extensions[type];

type Place = {
  /** Of its topic; branding has none. */
  slug: string | null;
  role: IngestRole;
};
type IngestParts = Place & {
  owner: string;
  extension: IngestExtension;
  /** SHA-256 of the bytes, as hex. */
  hash: string;
};

/**
 * Where an image is to lie. The same bytes in the same role have the same key; another hero, og picture or branding of
 * the same name has it, too.
 * @throws RangeError for parts that no key can be made of: whoever reads them (whyNoOwner, readRole) refuses them before
 */
export function ingestKey({ owner, extension, hash, ...place }: IngestParts): string {
  if (!isOwnerName(owner)) throw new RangeError(`No key can begin with the owner ${quote(owner)}.`);
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError(`${quote(hash)} is no SHA-256 in hex.`);
  return `${owner}/${ingestPlace(place)}${digitsOf(place.role, hash.slice(0, 8))}.${extension}`;
}

/**
 * What a key says of an image beside its owner and its bytes: “cats/hero”, “cats/comparison/gemini-2.1”, “branding/logo”.
 * @throws RangeError as `ingestKey`
 */
export function ingestPlace({ slug, role }: Place): string {
  if (role.kind !== "branding" && (slug === null || slug === BRANDING || nameSlug(slug) !== slug)) {
    throw new RangeError(`${quote(slug ?? "")} is no slug of a topic.`);
  }
  return spellPlace({ ...role, slug: slug ?? "", name: slugOfRole(role) });
}

/** The parts of a key before its image is read, each as it shall stand there. */
type KeyWords = Shape & {
  owner: string;
  slug: string;
  /** A model's, a platform's or a branding's; "" for other roles. */
  name: string;
};
/** What tells how the key of a role is built. */
type Shape = { kind: IngestRole["kind"]; isOg?: boolean };

/** A key as far as it is known before its image is read: “mina/cats/supporting/{hash}.{extension}”. */
export const keyPattern = ({ owner, ...place }: KeyWords): string =>
  `${owner}/${spellPlace(place)}${digitsOf(place, "{hash}")}.{extension}`;

function spellPlace({ kind, slug, name, isOg }: Omit<KeyWords, "owner">): string {
  switch (kind) {
    case "hero":
    case "supporting":
      return `${slug}/${kind}`;
    case "comparison":
      return `${slug}/comparison/${name}`;
    case "platform":
      return `${slug}/platform/${name}${isOg ? "_og" : ""}`;
    case "branding":
      return `${BRANDING}/${name}`;
  }
}

/** Whether a place has one picture only, whatever its extension. */
export const isOnlyOne = (role: Shape): boolean => digitsOf(role, "x") === "";

/** How a key tells one picture from others of its place; nothing where a place has one only. */
function digitsOf({ kind, isOg }: Shape, hash8: string): string {
  if (kind === "supporting") return `/${hash8}`;
  return kind === "comparison" || (kind === "platform" && !isOg) ? `_${hash8}` : "";
}

function slugOfRole(role: IngestRole): string {
  switch (role.kind) {
    case "hero":
    case "supporting":
      return "";
    case "comparison":
      return slugged(role.model, modelSlug);
    case "platform":
      return slugged(role.platform, nameSlug);
    case "branding":
      return slugged(role.name, nameSlug);
  }
}

function slugged(name: string, slugify: (name: string) => string | null): string {
  const slug = slugify(name);
  if (slug === null) throw new RangeError(`Nothing of ${quote(name)} can be part of a key.`);
  return slug;
}
