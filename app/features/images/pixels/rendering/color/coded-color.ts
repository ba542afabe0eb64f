/**
 * Color as a picture's container tells it by numbers (CICP: ITU-T H.273), where an ICC profile would describe it. libvips reads profiles
 * only. sRGB is primaries 1, transfer 13.
 */
export type CodedColor = { primaries: number; transfer: number };

/** What a PNG's cICP chunk says, or an AVIF's `colr` box of type nclx; null where neither is. */
export function readCodedColor(bytes: Uint8Array): CodedColor | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return isPng(view) ? ofPng(view) : ofAvif(view);
  } catch (error) {
    // A box or chunk that ends beyond the file: whoever decodes it says so.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const isPng = (view: DataView) => view.byteLength > 8 && view.getUint32(0) === 0x89504e47;

/** The name of a chunk or box. */
const named = (name: string) => [...name].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0);

/** It stands before the picture's data (PNG 3, 11.3.2.6). */
function ofPng(view: DataView): CodedColor | null {
  for (let at = 8; at + 12 <= view.byteLength; ) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    if (type === named("cICP")) return { primaries: view.getUint8(at + 8), transfer: view.getUint8(at + 9) };
    if (type === named("IDAT")) return null;
    at += 12 + length;
  }
  return null;
}

/** Encoders of video name the curve of cameras; browsers show such an AVIF as sRGB (and such a PNG by the curve of displays). */
const VIDEO_CURVES = [1, 6, 14, 15];

/** Properties lie in meta › iprp › ipco (ISO/IEC 14496-12, 23008-12); of several nclx the first is the picture's, as encoders write. */
function ofAvif(view: DataView): CodedColor | null {
  // `meta` is a full box: its content begins after four bytes of version and flags.
  const meta = findBox(view, { start: 0, end: view.byteLength }, "meta");
  const properties = meta && findBox(view, { ...meta, start: meta.start + 4 }, "iprp");
  const container = properties && findBox(view, properties, "ipco");
  if (!container) return null;
  for (const box of boxes(view, container)) {
    if (box.type === named("colr") && view.getUint32(box.start) === named("nclx")) {
      const [primaries, transfer] = [view.getUint16(box.start + 4), view.getUint16(box.start + 6)];
      return { primaries, transfer: VIDEO_CURVES.includes(transfer) ? 13 : transfer };
    }
  }
  return null;
}

type Span = { start: number; end: number };

function findBox(view: DataView, within: Span, name: string): Span | null {
  for (const box of boxes(view, within)) if (box.type === named(name)) return box;
  return null;
}

function* boxes(view: DataView, { start, end }: Span): Generator<Span & { type: number }> {
  for (let at = start; at + 8 <= end; ) {
    const size = view.getUint32(at);
    const type = view.getUint32(at + 4);
    const isLong = size === 1;
    const length = isLong ? Number(view.getBigUint64(at + 8)) : size === 0 ? end - at : size;
    if (length < 8) return;
    yield { type, start: at + (isLong ? 16 : 8), end: Math.min(end, at + length) };
    at += length;
  }
}
