import sharp from "sharp";
import { shrink } from "./rendering/shrink";

/** Squares on a side: as many as a placeholder can tell apart. */
const SIDE = 8;

/** The colors of a picture in 8 × 8 squares, as its placeholder shows them. */
export async function readColors(placeholder: Uint8Array): Promise<Uint8Array> {
  const { data, info } = await sharp(placeholder).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return shrink({ samples: data, width, height, channels }, SIDE, SIDE);
}

/** By how many of 256 steps two pictures' reds, greens and blues differ in the mean. */
export function colorDistance(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += Math.abs((a[at] as number) - (b[at] as number));
  return sum / a.length;
}
