import sharp, { type Sharp } from "sharp";

/** Soft noise: it compresses to some bytes a pixel, so that decoding has to work and the file stays within its limit. */
function noise(megapixels: number, sigma = 2): Sharp {
  const edge = Math.floor(Math.sqrt(megapixels * 1e6));
  const grain = { type: "gaussian", mean: 128, sigma } as const;
  return sharp({ create: { width: edge, height: edge, channels: 3, background: "#888", noise: grain } });
}

/**
 * Of each format one that takes about as long and holds about as much as any within the limits: on 100 megapixels, on 128 MiB
 * of bytes, and on the memory that decoding needs.
 */
export async function slowPictures(megapixels: number): Promise<[name: string, body: Buffer, contentType: string][]> {
  const avif = Math.min(megapixels, 42);
  const deep = Math.min(megapixels, 29);
  return [
    [
      "progressive.jpg",
      await noise(megapixels).jpeg({ progressive: true, quality: 75, chromaSubsampling: "4:4:4" }).toBuffer(),
      "image/jpeg",
    ],
    [
      "interlaced.png",
      await noise(megapixels, 0.7).png({ progressive: true, compressionLevel: 4 }).toBuffer(),
      "image/png",
    ],
    [
      "lossless.webp",
      await noise(Math.min(megapixels, 89), 0.7).webp({ lossless: true, effort: 0 }).toBuffer(),
      "image/webp",
    ],
    [
      "lzw.tif",
      await noise(megapixels, 0.7).tiff({ compression: "lzw", predictor: "horizontal" }).toBuffer(),
      "image/tiff",
    ],
    ["8-bit.avif", await noise(avif).avif({ quality: 60, effort: 0 }).toBuffer(), "image/avif"],
    ["10-bit.avif", await noise(deep).avif({ quality: 60, effort: 0, bitdepth: 10 }).toBuffer(), "image/avif"],
    ["still.gif", await noise(megapixels).gif({ effort: 1, dither: 0 }).toBuffer(), "image/gif"],
  ];
}
