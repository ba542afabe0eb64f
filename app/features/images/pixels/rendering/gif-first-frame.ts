export type Rectangle = { left: number; top: number; width: number; height: number };

/**
 * Where a GIF's first frame lies when it does not cover the whole canvas, in px; null when it does (GIF89a, sections 18 to 20). What it leaves free
 * is transparent in browsers; libvips paints it black.
 */
export function partialFirstFrame(bytes: Uint8Array): Rectangle | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const canvas = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    const frame = firstFrame(view);
    if (!frame || (frame.width >= canvas.width && frame.height >= canvas.height)) return null;
    const isInside = frame.left + frame.width <= canvas.width && frame.top + frame.height <= canvas.height;
    return isInside && frame.width > 0 && frame.height > 0 ? frame : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function firstFrame(view: DataView): Rectangle | null {
  const flags = view.getUint8(10);
  let at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  // An extension: its introducer and label, then blocks until an empty one.
  while (view.getUint8(at) === 0x21) {
    at += 2;
    for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) at += 1 + length;
    at += 1;
  }
  if (view.getUint8(at) !== 0x2c) return null;
  const [left, top, width, height] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true));
  return { left: left ?? 0, top: top ?? 0, width: width ?? 0, height: height ?? 0 };
}
