import sharp from "sharp";
import { look } from "../look";
import type { Features } from "./vectors";

const SIDE = 32;
const CELLS = 4;
/** How much of a vector are colors, where they lie, and words for what one sees. */
const WEIGHT = { color: 1, place: 0.5, word: 0.6 };

/**
 * What a picture is like, in a way that its size and its compression hardly change: how much there is of each color, how light
 * it is where, and words for both and for what a portrait of the demo shows.
 * @throws whatever sharp throws for bytes that it cannot decode
 */
export async function pictureFeatures(bytes: Buffer): Promise<Features> {
  const { data } = await sharp(bytes)
    .autoOrient()
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .resize(SIDE, SIDE, { fit: "fill" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const shares = new Map<string, number>();
  const names = new Map<string, number>();
  const light = Array.from({ length: CELLS * CELLS }, () => 0);
  const count = (of: Map<string, number>, name: string) => of.set(name, (of.get(name) ?? 0) + 1 / (SIDE * SIDE));
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const [r = 0, g = 0, b = 0] = data.subarray(pixel * 3, pixel * 3 + 3);
    count(shares, `${r >> 6} ${g >> 6} ${b >> 6}`);
    count(names, colorName(r, g, b));
    const cell =
      Math.floor((Math.floor(pixel / SIDE) * CELLS) / SIDE) * CELLS + Math.floor(((pixel % SIDE) * CELLS) / SIDE);
    light[cell] = (light[cell] ?? 0) + (r * 0.2126 + g * 0.7152 + b * 0.0722) / 255;
  }
  const mean = light.reduce((sum, value) => sum + value, 0) / light.length;
  const { values } = await look(bytes);
  const seen = Object.values(values).filter((value) => value !== "other");
  return new Map([
    // The root of a share, so that what there is little of still tells pictures apart.
    ...[...shares].map(([cell, share]) => [`color ${cell}`, WEIGHT.color * Math.sqrt(share)] as const),
    ...light.map((value, cell) => [`light ${cell}`, (WEIGHT.place * (value - mean)) / (SIDE * 2)] as const),
    ...[...names].map(([name, share]) => [`word ${name}`, WEIGHT.word * Math.sqrt(share)] as const),
    ...seen.map((value) => [`word ${value}`, WEIGHT.word / Math.sqrt(seen.length)] as const),
  ]);
}

/** The nearest word for a color, by its hue where it has one. */
function colorName(r: number, g: number, b: number): string {
  const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)];
  if (high < 50) return "black";
  if (high - low < 36) return high > 215 ? "white" : "gray";
  const turn =
    high === r ? (g - b) / (high - low) : high === g ? 2 + (b - r) / (high - low) : 4 + (r - g) / (high - low);
  const hue = (turn * 60 + 360) % 360;
  if (hue < 16 || hue >= 335) return "red";
  if (hue < 45) return high < 150 ? "brown" : "orange";
  if (hue < 68) return "yellow";
  if (hue < 170) return "green";
  return hue < 260 ? "blue" : "purple";
}
