import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { count } from "~/features/format";
import { readCodedColor } from "./color/coded-color";
import { needsConversion } from "./color/to-srgb";
import { DECODE_BUDGET_BYTES } from "./decode-memory";
import { countPainted, inpaintPixels, readMask } from "./inpaint-pixels";
import { withProfile } from "./png-profile.server";
import { decodeOptions, judgeData, type OpenedImage, openImage, undecodable } from "./render-image.server";
import { scaleToSrgb } from "./scale-to-srgb.server";

/** Three pictures, one behind the other: how many bytes each has. */
export type InpaintForm = { kind: "inpaint"; lengths: Record<Role, number> };

type Role = "source" | "mask" | "answer";
const roles = ["source", "mask", "answer"] as const;
const names: Record<Role, string> = { source: "picture", mask: "mask", answer: "model’s answer" };

/** A PNG of the source's size; or which picture is at fault, and a sentence about it. */
export type Inpainted =
  | { ok: true; body: Buffer; width: number; height: number; paintedPixels: number }
  | { ok: false; atFault: Role; error: string };

type Opened = { ok: true; needs: number } & Record<Role, OpenedImage>;

export const isInpainting = (form: { kind: string }): form is InpaintForm => form.kind === "inpaint";

/** Samples of source, mask, answer and what is encoded of them, in bytes a pixel of the source. */
const SAMPLE_BYTES = 4 + 5 + 3 + 8;
/** Larger than any picture that is read: nothing is scaled. */
const AS_IT_IS = 100_000;

/** Reads the headers, and refuses what would not come out right. */
export async function openInpaint(bytes: Buffer, { lengths }: InpaintForm): Promise<Opened | Inpainted> {
  const opened: Partial<Record<Role, OpenedImage>> = {};
  let from = 0;
  for (const role of roles) {
    const one = await openImage(bytes.subarray(from, from + lengths[role]));
    from += lengths[role];
    if (!one.ok) return fault(role, `The ${names[role]} cannot be read. ${one.error}`);
    opened[role] = one;
  }
  const { source, mask, answer } = opened as Record<Role, OpenedImage>;
  const refusal = refuseSource(source) ?? refuseMask(mask, source);
  if (refusal) return refusal;
  const { width, height } = source.facts;
  const needs = source.needs + mask.needs + answer.needs + width * height * SAMPLE_BYTES;
  if (needs > DECODE_BUDGET_BYTES) {
    return fault(
      "source",
      `The picture has ${sizeOf(source)}, which is too much to be changed here. Use a smaller one.`,
    );
  }
  return { ok: true, source, mask, answer, needs };
}

const fault = (atFault: Role, error: string): Inpainted => ({ ok: false, atFault, error });

function refuseSource(source: OpenedImage): Inpainted | null {
  const { bytes, facts, frame, depth, space, hasGainMap } = source;
  const refuse = (what: string) =>
    fault("source", `The picture ${what}, which a change would lose. Save it as a plain PNG or JPEG and use that.`);
  if (facts.pages > 1 || frame !== null) return refuse("has several frames");
  const coded = readCodedColor(bytes);
  if (depth !== "uchar" || hasGainMap || (coded && needsConversion(coded)))
    return refuse("has more than 8 bit a color");
  return space === "cmyk" ? refuse("is in colors for print") : null;
}

function refuseMask(mask: OpenedImage, source: OpenedImage): Inpainted | null {
  if (mask.facts.contentType !== "image/png") {
    return fault("mask", "The mask is not a PNG. Other formats blur its edge: paint it again, or save it as PNG.");
  }
  if (mask.facts.width !== source.facts.width || mask.facts.height !== source.facts.height) {
    return fault(
      "mask",
      `The mask has ${sizeOf(mask)}, the picture ${sizeOf(source)}. Paint it again on this picture.`,
    );
  }
  return null;
}

const sizeOf = ({ facts: { width, height } }: OpenedImage) => `${count(width)} × ${count(height)} px`;

/**
 * The source with the answer in it where the mask is painted (docs/decisions/065-pictures-that-a-model-draws.md). Its pixels keep their
 * numbers and their color profile; the answer is converted to that, and scaled to cover the source where it has another size.
 */
export async function inpaint({ source, mask, answer }: Opened): Promise<Inpainted> {
  const { width, height } = source.facts;
  const painted = await decoding("mask", mask, async () => readMask(await rgba(mask)));
  if (!(painted instanceof Uint8Array)) return painted;
  const paintedPixels = countPainted(painted);
  if (paintedPixels === 0) return fault("mask", "Nothing is painted on the mask. Paint over what is to change.");
  const before = await decoding("source", source, () => inOwnNumbers(source));
  if ("ok" in before) return before;
  const drawn = await decoding("answer", answer, () => cover(answer, { width, height }, before.profile));
  if (!(drawn instanceof Uint8Array)) return drawn;
  inpaintPixels({ ...before, width, height }, painted, drawn);
  const png = await sharp(before.samples, { raw: { width, height, channels: before.channels } })
    .png()
    .toBuffer();
  return { ok: true, body: before.profile ? withProfile(png, before.profile) : png, width, height, paintedPixels };
}

/** What is made of a picture that is whole; or what is wrong with it. */
async function decoding<T>(role: Role, { bytes, facts }: OpenedImage, work: () => Promise<T>): Promise<T | Inpainted> {
  const damage = judgeData(bytes, facts.contentType);
  if (damage) return fault(role, `The ${names[role]} cannot be read. ${damage.error}`);
  try {
    return await work();
  } catch (error) {
    return fault(role, `The ${names[role]} cannot be read. ${undecodable(error, bytes, facts.contentType).error}`);
  }
}

const rgba = ({ bytes, facts }: OpenedImage): Promise<Buffer> =>
  sharp(bytes, decodeOptions(facts.contentType)).autoOrient().toColourspace("srgb").ensureAlpha().raw().toBuffer();

/** Upright, of three channels or four. A profile for grey means nothing once there are three: those come in sRGB. */
async function inOwnNumbers({ bytes, facts, hasProfile, channels }: OpenedImage) {
  const options = decodeOptions(facts.contentType);
  const isKept = hasProfile && channels >= 3;
  const picture = sharp(bytes, { ...options, ignoreIcc: isKept })
    .autoOrient()
    .toColourspace("srgb");
  const inSrgb = hasProfile && !isKept ? picture.withIccProfile("srgb", { attach: false }) : picture;
  const { data, info } = await inSrgb.raw().toBuffer({ resolveWithObject: true });
  const { icc } = isKept ? await sharp(bytes).metadata() : {};
  return { samples: data, channels: info.channels === 4 ? 4 : 3, profile: icc ?? null } as const;
}

async function cover(
  answer: OpenedImage,
  size: { width: number; height: number },
  profile: Buffer | null,
): Promise<Buffer> {
  const srgb = await scaleToSrgb(answer, AS_IT_IS, decodeOptions(answer.facts.contentType));
  const { data, info } = await srgb.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const covering = sharp(data, { raw: { width, height, channels } })
    .flatten({ background: "#fff" })
    .resize(size.width, size.height, { fit: "cover" });
  if (profile === null) return covering.raw().toBuffer();
  // sharp takes a profile by a file's name only.
  const folder = await mkdtemp(path.join(tmpdir(), "profile-"));
  try {
    const file = path.join(folder, "source.icc");
    await writeFile(file, profile);
    return await covering.withIccProfile(file, { attach: false }).raw().toBuffer();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
