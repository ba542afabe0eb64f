import { describe, expect, test } from "vitest";
import { DECODE_BUDGET_BYTES, decodedBytes } from "./decode-memory";

const MIB = 1024 * 1024;

describe("decodedBytes", () => {
  const square = (side: number, more: object = {}) => ({
    width: side,
    height: side,
    channels: 3 as const,
    depth: "uchar" as const,
    isProgressive: false,
    ...more,
  });

  test.each([
    ["a progressive JPEG, 4:4:4", 620, decodedBytes("image/jpeg", square(9_900, { isProgressive: true }))],
    [
      "a progressive JPEG of CMYK",
      816,
      decodedBytes("image/jpeg", square(9_900, { channels: 4, isProgressive: true })),
    ],
    ["a plain PNG", 58, decodedBytes("image/png", square(9_900))],
    ["an interlaced PNG", 323, decodedBytes("image/png", square(9_900, { isProgressive: true }))],
    [
      "an interlaced PNG of 16 bit with alpha",
      861,
      decodedBytes("image/png", square(9_900, { isProgressive: true, channels: 4, depth: "ushort" })),
    ],
    ["a WebP", 776, decodedBytes("image/webp", square(9_900))],
    ["a GIF", 456, decodedBytes("image/gif", square(9_900, { channels: 4 }))],
    ["a GIF with a smaller first frame", 786, decodedBytes("image/gif", square(9_900, { isPartial: true }))],
    ["a TIFF of 16 bit with alpha", 154, decodedBytes("image/tiff", square(9_900, { channels: 4, depth: "ushort" }))],
    ["an AVIF", 1_724, decodedBytes("image/avif", square(9_900))],
    ["an AVIF of 10 bit", 2_393, decodedBytes("image/avif", square(9_900, { depth: "ushort" }))],
  ])("of %s is at least what was measured, %i MiB", (_, measuredMib, estimate) => {
    expect(estimate / MIB).toBeGreaterThan(measuredMib);
  });

  test("lets an AVIF of 42 megapixels be decoded", () => {
    expect(decodedBytes("image/avif", { ...square(0), width: 7_952, height: 5_304 })).toBeLessThan(DECODE_BUDGET_BYTES);
  });

  test("lets four of a camera's pictures be decoded at once, and of 9,900² px one progressive JPEG", () => {
    const camera = { ...square(0), width: 6_000, height: 4_000 };
    expect(4 * decodedBytes("image/jpeg", camera)).toBeLessThanOrEqual(DECODE_BUDGET_BYTES);
    expect(2 * decodedBytes("image/jpeg", square(9_900))).toBeGreaterThan(DECODE_BUDGET_BYTES);
  });
});
