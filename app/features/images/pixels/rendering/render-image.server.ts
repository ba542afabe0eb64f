import { createHash } from "node:crypto";
import sharp, { type Metadata, type Sharp, type SharpOptions } from "sharp";
import { count } from "~/features/format";
import { describeDamage } from "~/features/images/pixels/jpeg/jpeg-verdict";
import { judgeJpeg } from "~/features/images/pixels/jpeg/judge-jpeg";
import type { UnreadableClass } from "~/features/images/unreadable-classes";
import { type ConversionForm, convert, type Loss } from "./convert-image.server";
import { DECODE_BUDGET_BYTES, decodedBytes } from "./decode-memory";
import { describeLook, type Look } from "./describe-look.server";
import { partialFirstFrame, type Rectangle } from "./gif-first-frame";
import { hasIptc } from "./has-iptc";
import { type ImageType, sniffImageType } from "./image-type";
import { scaleToSrgb } from "./scale-to-srgb.server";
import { unsupportedKind } from "./unsupported-kind";

// One picture, one thread: work is parallel across pictures. The cache would hold pictures that no one opens twice.
sharp.concurrency(1);
sharp.cache(false);

/** Pictures of more pixels than this are refused from their header, without decoding. */
const MAX_PIXELS = 100_000_000;

/** Frames of an animation, or pages of a TIFF. All are looked through for the sake of the first, and a file may count millions. */
const MAX_PAGES = 10_000;

/** Why bytes are no picture that can be used: a class to group by, and a sentence for people. */
export type Unreadable = { ok: false; errorClass: UnreadableClass; error: string };

/** Width and height in px as the picture is seen, after its EXIF orientation; `pages` counts frames. */
type ImageFacts = {
  contentType: ImageType;
  width: number;
  height: number;
  pages: number;
  /** Captions, credits, keywords as press agencies write them. */
  hasIptc: boolean;
  /** Of the bytes, in hex. */
  sha256: string;
};

/** A rendering with the facts of the picture that it was made from; a thumbnail also tells what that looks like. */
export type RenderedImage = ({ ok: true; body: Buffer; look: Look | null } & ImageFacts) | Unreadable;

/** What is made of a picture: see `toThumbnail`, `toModelJpeg` and `toOtherFormat`. `edge` is the longest side, in px. */
export type Form = ScaledForm | ConversionForm;
type ScaledForm = { kind: "thumbnail" | "model-jpeg"; edge: number };

/** A picture that is not converted, for it would lose something. */
export type Lossy = { ok: false; loses: Loss };

export type Rendering = RenderedImage | Lossy;

export const isConversion = (form: Form): form is ConversionForm => "quality" in form;

/** A picture whose header was read. `needs` is the memory that decoding it takes at the most, in bytes. */
export type OpenedImage = {
  ok: true;
  bytes: Buffer;
  needs: number;
  /** Before orientation. */
  stored: { width: number; height: number };
  hasProfile: boolean;
  channels: number;
  /** Of a sample, and the colors' space, by libvips' names. */
  depth: string;
  space: string;
  /** Ultra HDR: what makes it brighter is a second picture. */
  hasGainMap: boolean;
  /** Where a GIF's first frame lies, unless it covers the whole canvas. */
  frame: Rectangle | null;
  facts: Omit<ImageFacts, "sha256">;
};

const shapes = {
  // Effort 2 takes 60 % of the default's time for 3 % more bytes.
  thumbnail: (picture: Sharp) => picture.webp({ quality: 80, effort: 2 }),
  "model-jpeg": (picture: Sharp) => picture.flatten({ background: "#fff" }).jpeg({ quality: 85 }),
};

/**
 * Judges bytes by themselves alone, and all of them, so that a damaged picture is found here and not by whoever opens it.
 * Never throws for what the bytes are. SVG counts as no image: it is a document that may carry scripts and refer to
 * other files, so it is neither rendered nor served.
 */
export async function renderImage(opened: OpenedImage, form: Form): Promise<RenderedImage> {
  const fault = judgeData(opened.bytes, opened.facts.contentType);
  if (fault) return fault;
  const decoded = await decode(opened, form);
  if (!decoded.ok) return decoded;
  return {
    ok: true,
    ...opened.facts,
    sha256: createHash("sha256").update(opened.bytes).digest("hex"),
    body: decoded.body,
    look: decoded.look,
  };
}

/** Reads a header, and refuses what is no picture or more than is read here. */
export async function openImage(bytes: Buffer): Promise<OpenedImage | Unreadable> {
  if (bytes.length === 0) return unreadable("empty", "The object is empty: it has no bytes.");
  const contentType = sniffImageType(bytes);
  if (contentType === "svg") {
    return unreadable("not-an-image", "This is an SVG, a document that may carry scripts; store it as PNG or WebP.");
  }
  if (contentType === null) {
    return unreadable("not-an-image", "Its bytes are not JPEG, PNG, WebP, GIF, AVIF or TIFF, whatever its name says.");
  }
  let metadata: Metadata;
  try {
    // Only the header is read here; the limit is checked below, where the size can be told.
    metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    return judgeData(bytes, contentType) ?? undecodable(error, bytes, contentType);
  }
  const { width, height } = metadata.autoOrient;
  if (width * height > MAX_PIXELS) {
    const megapixels = Math.round((width * height) / 1e6);
    return unreadable(
      "too-large",
      `The image has ${count(width)} × ${count(height)} px (${count(megapixels)} megapixels); up to ${MAX_PIXELS / 1e6} megapixels are read. Store a smaller version.`,
    );
  }
  const { pages = 1 } = metadata;
  if (pages > MAX_PAGES) {
    return unreadable(
      "too-large",
      `The file holds ${count(pages)} frames or pages; up to ${count(MAX_PAGES)} are read. Store its first one alone.`,
    );
  }
  const frame = contentType === "image/gif" ? partialFirstFrame(bytes) : null;
  const needed = decodedBytes(contentType, { ...metadata, isPartial: frame !== null });
  if (needed > DECODE_BUDGET_BYTES) {
    return unreadable(
      "too-large",
      `An image of this format with ${count(width)} × ${count(height)} px takes ${mebibytes(needed)} of memory to decode; up to ${mebibytes(DECODE_BUDGET_BYTES)} are used. Store a smaller version, or a JPEG.`,
    );
  }
  const stored = { width: metadata.width, height: metadata.height };
  const facts = { contentType, width, height, pages, hasIptc: hasIptc(metadata.iptc) };
  const { hasProfile, channels, depth, space, gainMap } = metadata;
  const header = { hasProfile, channels, depth, space, hasGainMap: gainMap !== undefined };
  return { ok: true, bytes, needs: needed, stored, ...header, frame, facts };
}

/**
 * What a JPEG's own bytes say against it. libjpeg only warns of lost data, in the same way as of what costs nothing, and
 * libvips drops those warnings while it shrinks as it loads; so no decoder is asked.
 */
function judgeData(bytes: Buffer, contentType: ImageType): Unreadable | null {
  if (contentType !== "image/jpeg") return null;
  const verdict = judgeJpeg(bytes);
  if (verdict.kind === "damaged") return unreadable("undecodable", describeDamage(verdict));
  if (verdict.kind !== "unsupported") return null;
  return unreadable("unsupported", `This is ${verdict.what}, which is not read here; store it as a plain JPEG or PNG.`);
}

/** Warnings say nothing here: a JPEG was judged before, and those about other formats are about unknown tags. */
async function decode(
  opened: OpenedImage,
  form: Form,
): Promise<{ ok: true; body: Buffer; look: Look | null } | Unreadable> {
  const { contentType } = opened.facts;
  const failOn = contentType === "image/jpeg" ? "none" : "error";
  const options = { failOn, limitInputPixels: MAX_PIXELS } as const;
  try {
    if (isConversion(form)) return { ok: true, body: await convert(opened, form, options).toBuffer(), look: null };
    return await scale(opened, form, options);
  } catch (error) {
    return undecodable(error, opened.bytes, contentType);
  }
}

async function scale(opened: OpenedImage, { kind, edge }: ScaledForm, options: SharpOptions) {
  const scaled = await scaleToSrgb(opened, edge, options);
  const { data, info } = await scaled.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const body = await shapes[kind](sharp(data, { raw: { width, height, channels } })).toBuffer();
  const look = kind === "thumbnail" ? await describeLook({ samples: data, width, height, channels }) : null;
  return { ok: true as const, body, look };
}

function undecodable(error: unknown, bytes: Buffer, contentType: ImageType): Unreadable {
  const unsupported = unsupportedKind(bytes, contentType);
  if (unsupported) {
    return unreadable(
      "unsupported",
      `This is ${unsupported.kind}, which is not read here; store it as ${unsupported.instead}.`,
    );
  }
  const lines = messageOf(error)
    .split("\n")
    .map((line) => line.trim());
  // libheif tells of a jump beyond the end first, and after that what is wrong.
  const detail = lines.find((line) => line !== "" && !/bad seek/i.test(line)) ?? "it ends too early";
  if (/premature end|unexpected end|truncated|end of file/i.test(detail)) {
    return unreadable("undecodable", `The file ends before the image does; upload it again (${detail}).`);
  }
  return unreadable("undecodable", `The image's data is damaged; upload it again (${detail}).`);
}

const unreadable = (errorClass: UnreadableClass, error: string): Unreadable => ({ ok: false, errorClass, error });
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const mebibytes = (bytes: number) => `${count(Math.round(bytes / 1024 ** 2))} MiB`;
