import type { Pixels } from "./shrink";

/** Of each pixel how much of the answer it is to show: 0 none of it, 255 nothing else. */
export type Mask = Uint8Array;

/**
 * What a painted mask says. One with anything transparent in it says it by its opacity, whatever the paint's color; another by how
 * light it is: white is painted, black is not.
 * @param samples red, green, blue and alpha
 */
export function readMask(samples: Uint8Array): Mask {
  const mask = new Uint8Array(samples.length / 4);
  let isOpaque = true;
  for (let at = 3; at < samples.length && isOpaque; at += 4) isOpaque = samples[at] === 255;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const at = 4 * pixel;
    const light = ((samples[at] as number) + (samples[at + 1] as number) + (samples[at + 2] as number)) / 3;
    mask[pixel] = isOpaque ? Math.round(light) : (samples[at + 3] as number);
  }
  return mask;
}

/** How many pixels are painted, if only a little. */
export const countPainted = (mask: Mask): number => mask.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);

/**
 * Lays an answer into a source where the mask is painted, and mixes both along soft edges. Where it is not painted at all the source
 * stays as it is, to the last bit.
 * @param source is written to; of three channels, or four with alpha
 * @param answer red, green and blue, of the source's size
 */
export function inpaintPixels({ samples, channels }: Pixels, mask: Mask, answer: Uint8Array): void {
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const share = mask[pixel] as number;
    if (share === 0) continue;
    const at = pixel * channels;
    for (let channel = 0; channel < channels; channel++) {
      const to = channel === 3 ? 255 : (answer[pixel * 3 + channel] as number);
      const from = samples[at + channel] as number;
      samples[at + channel] = Math.round((from * (255 - share) + to * share) / 255);
    }
  }
}
