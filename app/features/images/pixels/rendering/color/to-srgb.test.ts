import { expect, test } from "vitest";
import { needsConversion, toSrgb } from "./to-srgb";

const [P3, BT2020, BT709] = [12, 9, 1];
const [SRGB, LINEAR, PQ, HLG] = [13, 8, 16, 18];
/** Coded values of 0 to 1 as samples. */
const samples = (...coded: number[]) => Uint16Array.from(coded.map((value) => Math.round(value * 65_535)));

test.each([
  ["grey of P3 is grey", [0.5, 0.5, 0.5], P3, SRGB, [128, 128, 128]],
  ["P3's red is more than sRGB has", [1, 0, 0], P3, SRGB, [255, 0, 0]],
  // sRGB's own red in P3's numbers (CSS Color 4: color(display-p3 0.9175 0.2003 0.1386)).
  ["sRGB's red in P3's numbers", [0.9175, 0.2003, 0.1386], P3, SRGB, [255, 0, 0]],
  ["linear light", [0.214, 0.0331, 1], BT709, LINEAR, [127, 51, 255]],
  ["PQ's black", [0, 0, 0], BT2020, PQ, [0, 0, 0]],
  // 1,000 cd/m² is 0.7518 (BT.2100, table 4), and 1 is far beyond.
  ["PQ at the peak is white", [0.7518, 0.7518, 0.7518], BT2020, PQ, [255, 255, 255]],
  ["PQ beyond it, too", [1, 1, 1], BT2020, PQ, [255, 255, 255]],
  ["HLG's peak is white", [1, 1, 1], BT2020, HLG, [255, 255, 255]],
])("%s", (_, coded, primaries, transfer, srgb) => {
  const converted = toSrgb(samples(...coded), 3, { primaries, transfer });
  for (const [i, value] of srgb.entries()) expect(Math.abs((converted[i] ?? 0) - value)).toBeLessThanOrEqual(1);
});

test("what is brighter stays brighter, and alpha stays", () => {
  const ramp = samples(...[0.1, 0.3, 0.5, 0.6, 0.7].flatMap((value) => [value, value, value, 0.5]));
  for (const transfer of [PQ, HLG]) {
    const converted = toSrgb(ramp, 4, { primaries: BT2020, transfer });
    const reds = [0, 4, 8, 12, 16].map((at) => converted[at] ?? 0);
    expect(reds).toEqual([...reds].sort((a, b) => a - b));
    expect(new Set(reds).size).toBe(5);
    expect(converted[3]).toBe(128);
  }
});

test.each([
  [{ primaries: BT709, transfer: SRGB }, false],
  [{ primaries: 2, transfer: 2 }, false],
  [{ primaries: P3, transfer: SRGB }, true],
  [{ primaries: BT709, transfer: PQ }, true],
])("%j needs converting: %s", (color, needs) => {
  expect(needsConversion(color)).toBe(needs);
});
