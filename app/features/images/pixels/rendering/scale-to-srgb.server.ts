import sharp, { type Sharp, type SharpOptions } from "sharp";
import { type CodedColor, readCodedColor } from "./color/coded-color";
import { needsConversion, toSrgb } from "./color/to-srgb";
import type { Rectangle } from "./gif-first-frame";
import type { ImageType } from "./image-type";

type Size = { width: number; height: number };

/** What a header tells: `OpenedImage`. */
type Opened = {
  bytes: Buffer;
  facts: { contentType: ImageType };
  /** Before orientation, in px. */
  stored: Size;
  /** Whether an ICC profile says what its colors are. */
  hasProfile: boolean;
  /** Where a GIF's first frame lies, unless it covers the whole canvas. */
  frame: Rectangle | null;
};

/**
 * A picture of at most `edge` px, upright, in sRGB of 8 bit, first frame only. The whole original is decoded, but for a
 * JPEG, which was judged before and may shrink while it loads.
 */
export async function scaleToSrgb(
  { bytes, facts: { contentType }, stored, hasProfile, frame }: Opened,
  edge: number,
  options: SharpOptions,
): Promise<Sharp> {
  if (frame) return within(await onClearCanvas(bytes, { frame, canvas: stored, options }), edge);
  const coded = colorBeyondProfile(bytes, contentType, hasProfile);
  const loaded = sharp(bytes, coded ? { ...options, ignoreIcc: true } : options);
  const picture = contentType === "image/jpeg" ? loaded : loaded.extract({ left: 0, top: 0, ...stored });
  if (coded) return convert(within(picture, edge), coded);
  const srgb = within(picture, edge).toColourspace("srgb");
  // Without it 16 bit with a profile comes out in P3's numbers; with it 16 bit without one is taken for P3 (sharp 0.35.5).
  return hasProfile ? srgb.withIccProfile("srgb", { attach: false }) : srgb;
}

const within = (picture: Sharp, edge: number) =>
  picture.autoOrient().resize(edge, edge, { fit: "inside", withoutEnlargement: true });

/** Color told by numbers, where it is not sRGB: a PNG's go before its profile, an AVIF's after it. */
function colorBeyondProfile(bytes: Buffer, contentType: ImageType, hasProfile: boolean): CodedColor | null {
  const isTold = contentType === "image/png" || (contentType === "image/avif" && !hasProfile);
  const coded = isTold ? readCodedColor(bytes) : null;
  return coded && needsConversion(coded) ? coded : null;
}

async function convert(picture: Sharp, coded: CodedColor): Promise<Sharp> {
  const { data, info } = await picture
    .toColourspace("rgb16")
    .raw({ depth: "ushort" })
    .toBuffer({ resolveWithObject: true });
  const channels = info.channels === 4 ? 4 : 3;
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  return sharp(toSrgb(samples, channels, coded), { raw: { width: info.width, height: info.height, channels } });
}

async function onClearCanvas(
  bytes: Buffer,
  { frame, canvas, options }: { frame: Rectangle; canvas: Size; options: SharpOptions },
): Promise<Sharp> {
  const { data, info } = await sharp(bytes, options)
    .extract(frame)
    .toColourspace("srgb")
    .ensureAlpha()
    .extend({
      left: frame.left,
      top: frame.top,
      right: canvas.width - frame.left - frame.width,
      bottom: canvas.height - frame.top - frame.height,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: info });
}
