import sharp, { type Sharp } from "sharp";

const KINDS = 12;

/** Something like a photo: soft shapes under a little noise, so that it compresses as one does (12 megapixels: some 4 MB). */
async function photo(width: number, height: number, seed: number): Promise<Sharp> {
  const noise = (w: number, h: number, sigma: number) => ({
    create: {
      width: w,
      height: h,
      channels: 3 as const,
      background: "#888",
      noise: { type: "gaussian" as const, mean: 128, sigma },
    },
  });
  const shapes = await sharp(noise(8 + seed, 6 + seed, 60))
    .resize(width, height, { fit: "fill" })
    .raw()
    .toBuffer();
  const grain = await sharp(noise(width, height, 24))
    .png({ compressionLevel: 0 })
    .toBuffer();
  return sharp(shapes, { raw: { width, height, channels: 3 } })
    .composite([{ input: grain, blend: "soft-light" }])
    .removeAlpha();
}

/** As many JPEGs of 12 megapixels, of a dozen kinds over and over. */
export async function jpegs(): Promise<Buffer[]> {
  const made: Buffer[] = [];
  for (let seed = 0; seed < KINDS; seed++)
    made.push(await (await photo(4_000, 3_000, seed)).jpeg({ quality: 88 }).toBuffer());
  return made;
}

/** PNGs of 1,024 × 1,024 px, as generators write them. */
export async function pngs(): Promise<Buffer[]> {
  const made: Buffer[] = [];
  for (let seed = 0; seed < KINDS; seed++) made.push(await (await photo(1_024, 1_024, seed)).png().toBuffer());
  return made;
}
