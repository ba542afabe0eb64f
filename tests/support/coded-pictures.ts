import { crc32 } from "node:zlib";
import sharp from "sharp";

/** The side of a field in px: wide, for lossy formats smear color over edges. */
const FIELD = 40;

/** Twelve colors of all hues and lightnesses, a field each, by samples of 16 bit. */
function fields(): { samples: Uint16Array; width: number; height: number } {
  const colors = [
    [65_535, 0, 0],
    [0, 65_535, 0],
    [0, 0, 65_535],
    [52_000, 40_000, 34_000],
    [20_000, 26_000, 14_000],
    [50_000, 50_000, 12_000],
    [9_000, 30_000, 44_000],
    [44_000, 16_000, 40_000],
    [0, 0, 0],
    [22_000, 22_000, 22_000],
    [40_000, 40_000, 40_000],
    [65_535, 65_535, 65_535],
  ];
  const [field, width, height] = [FIELD, FIELD * colors.length, FIELD];
  const samples = new Uint16Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    samples.set(colors[Math.floor((pixel % width) / field)] ?? [], pixel * 3);
  }
  return { samples, width, height };
}

/** The fields as they are, whatever color their numbers are said to mean. */
export function fieldsOf16Bit() {
  const { samples, ...size } = fields();
  return sharp(samples, { raw: { ...size, channels: 3 } }).toColourspace("rgb16");
}

/** A PNG with a cICP chunk after its header. */
export function withCicp(png: Buffer, primaries: number, transfer: number): Buffer {
  const body = Buffer.from([...Buffer.from("cICP", "latin1"), primaries, transfer, 0, 1]);
  const chunk = Buffer.alloc(16);
  chunk.writeUInt32BE(4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), 12);
  // Signature 8, IHDR 25.
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}
