import type { CodedColor } from "./coded-color";

/** What is drawn as white in SDR, in cd/m² (ITU-R BT.2408). */
const WHITE_NITS = 203;
/** The brightest that HDR content is taken to be where it does not say, as Chromium does. */
const PEAK_NITS = 1_000;

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** Linear light of these primaries to BT.709's, D65 both (from the chromaticities of H.273, table 2). */
const toBt709: Record<number, Matrix> = {
  9: [1.660491, -0.587641, -0.07285, -0.12455, 1.1329, -0.008349, -0.018151, -0.100579, 1.11873],
  12: [1.22494, -0.22494, 0, -0.042057, 1.042057, 0, -0.019638, -0.078636, 1.098274],
};

/** Of a coded value of 0 to 1: linear light, where 1 is SDR's white. */
const linear: Record<number, (coded: number) => number> = {
  1: forDisplay,
  6: forDisplay,
  14: forDisplay,
  15: forDisplay,
  4: (coded) => coded ** 2.2,
  5: (coded) => coded ** 2.8,
  8: (coded) => coded,
  13: fromSrgb,
  16: (coded) => (fromPq(coded) * 10_000) / WHITE_NITS,
  // Its display's gamma of 1.2 goes by the luminance of all three and is applied beside the tone.
  18: (coded) => fromHlg(coded),
};

/** Video's curves, as displays show them (ITU-R BT.1886). */
function forDisplay(coded: number): number {
  return coded ** 2.4;
}

function fromSrgb(coded: number): number {
  return coded <= 0.04045 ? coded / 12.92 : ((coded + 0.055) / 1.055) ** 2.4;
}

/** SMPTE ST 2084, 1 being 10,000 cd/m². */
function fromPq(coded: number): number {
  const power = coded ** (1 / 78.84375);
  return (Math.max(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125);
}

/** ARIB STD-B67: scene light, 1 being its peak. */
function fromHlg(coded: number): number {
  return coded <= 0.5 ? coded ** 2 / 3 : (Math.exp((coded - 0.55991073) / 0.17883277) + 0.28466892) / 12;
}

/** Whether these numbers mean another color than sRGB's, and one that is known here. */
export function needsConversion({ primaries, transfer }: CodedColor): boolean {
  return primaries in toBt709 || (transfer in linear && transfer !== 13);
}

/**
 * Converts samples of 16 bit to sRGB of 8 bit. What is brighter than SDR's white is rolled off (Reinhard's curve over the brightest of
 * red, green and blue, so that hues stay), what is more saturated than sRGB is clipped.
 * @param samples red, green, blue (and alpha, which is kept), pixel after pixel
 */
export function toSrgb(samples: Uint16Array, channels: 3 | 4, { primaries, transfer }: CodedColor): Uint8Array {
  const decoded = table(linear[transfer] ?? fromSrgb);
  const matrix = toBt709[primaries];
  const encoded = encodedTable();
  const tone = transfer === 16 || transfer === 18 ? rollOff : null;
  const srgb = new Uint8Array(samples.length);
  const at = (index: number) => decoded[samples[index] ?? 0] ?? 0;
  for (let i = 0; i < samples.length; i += channels) {
    let [r, g, b] = [at(i), at(i + 1), at(i + 2)];
    if (transfer === 18) {
      // BT.2100's OOTF for a display of 1,000 cd/m²: gamma 1.2 over BT.2020's luminance.
      const gain = (PEAK_NITS / WHITE_NITS) * Math.max(0.2627 * r + 0.678 * g + 0.0593 * b, 1e-6) ** 0.2;
      [r, g, b] = [r * gain, g * gain, b * gain];
    }
    if (tone) {
      const scale = tone(Math.max(r, g, b));
      [r, g, b] = [r * scale, g * scale, b * scale];
    }
    if (matrix) {
      const [a0, a1, a2, b0, b1, b2, c0, c1, c2] = matrix;
      [r, g, b] = [a0 * r + a1 * g + a2 * b, b0 * r + b1 * g + b2 * b, c0 * r + c1 * g + c2 * b];
    }
    srgb[i] = encode(encoded, r);
    srgb[i + 1] = encode(encoded, g);
    srgb[i + 2] = encode(encoded, b);
    if (channels === 4) srgb[i + 3] = Math.round((samples[i + 3] ?? 0) / 257);
  }
  return srgb;
}

/** By how much light is scaled whose brightest channel is `brightest`: 1 near black, and the peak becomes white. */
function rollOff(brightest: number): number {
  const peak = PEAK_NITS / WHITE_NITS;
  return (1 + brightest / peak ** 2) / (1 + brightest);
}

const table = (of: (coded: number) => number) =>
  Float32Array.from({ length: 65_536 }, (_, value) => of(value / 65_535));

const STEPS = 4_096;
/** Over the square root of light, for the eye's sake: steps are small where it is dark. */
const encodedTable = () =>
  Uint8Array.from({ length: STEPS + 1 }, (_, step) => {
    const light = (step / STEPS) ** 2;
    return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
  });
const encode = (encoded: Uint8Array, light: number) =>
  encoded[Math.round(Math.sqrt(Math.min(Math.max(light, 0), 1)) * STEPS)] ?? 0;
