import sharp from "sharp";

export const EDGE = 512;

/** The same picture as ours, by sharp alone: shrunk while it loads, no verdict, no hash, no placeholder. */
export const bareThumbnail = (bytes: Buffer): Promise<Buffer> =>
  sharp(bytes)
    .autoOrient()
    .resize(EDGE, EDGE, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80, effort: 2 })
    .toBuffer();
