import { expect, test } from "vitest";
import { unsupportedKind } from "./unsupported-kind";

/** A TIFF that has nothing but a directory: tags of one 16-bit number each. */
function tiff(order: "II" | "MM", tags: Record<number, number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(10 + 12 * Object.keys(tags).length));
  const isLittle = order === "II";
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, 8, isLittle);
  view.setUint16(8, Object.keys(tags).length, isLittle);
  for (const [n, [tag, value]] of Object.entries(tags).entries()) {
    view.setUint16(10 + 12 * n, Number(tag), isLittle);
    view.setUint16(12 + 12 * n, 3, isLittle);
    view.setUint32(14 + 12 * n, 1, isLittle);
    view.setUint16(18 + 12 * n, value, isLittle);
  }
  return new Uint8Array(view.buffer);
}
const brand = (name: string) => Buffer.from(`\0\0\0\x18ftyp${name}\0\0\0\0mif1${name}`, "latin1");

test.each([
  ["HEIC", brand("heic"), "image/heic", /HEIC/],
  ["an animated AVIF", brand("avis"), "image/avif", /animated AVIF/],
  ["a still AVIF", brand("avif"), "image/avif", null],
  ["LZMA", tiff("II", { 256: 40, 259: 34_925 }), "image/tiff", /TIFF compressed by LZMA/],
  ["LZMA, big endian", tiff("MM", { 256: 40, 259: 34_925 }), "image/tiff", /TIFF compressed by LZMA/],
  ["old-style JPEG", tiff("II", { 259: 6 }), "image/tiff", /old-style JPEG/],
  ["Lab", tiff("II", { 259: 1, 262: 8 }), "image/tiff", /Lab/],
  ["tiles by color", tiff("MM", { 259: 5, 284: 2, 322: 256 }), "image/tiff", /plane of tiles/],
  ["strips by color", tiff("MM", { 259: 5, 284: 2 }), "image/tiff", null],
  ["LZW", tiff("II", { 259: 5, 262: 2 }), "image/tiff", null],
  ["a TIFF that is cut off", tiff("II", { 256: 40, 259: 34_925 }).subarray(0, 16), "image/tiff", null],
  ["a PNG", Buffer.from("\x89PNG", "latin1"), "image/png", null],
] as const)("%s", (_, bytes, contentType, kind) => {
  const told = unsupportedKind(bytes, contentType);
  if (kind === null) expect(told).toBeNull();
  else expect(told?.kind).toMatch(kind);
});
