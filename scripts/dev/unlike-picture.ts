import sharp from "sharp";

const EDGE = 8;
const SIZE_PX = 128;

/** A small PNG like no other one, as JPEG too: 64 squares of colors that its number gives, the same each time. */
export function unlikePicture(number: number): Promise<Buffer> {
  let state = (number + 1) * 2_654_435_761;
  const pixels = Buffer.from(
    Array.from({ length: EDGE * EDGE * 3 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    }),
  );
  return sharp(pixels, { raw: { width: EDGE, height: EDGE, channels: 3 } })
    .resize(SIZE_PX, SIZE_PX, { kernel: "nearest" })
    .png()
    .toBuffer();
}
