import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** Every pixel another grey: nothing compresses well, so damage lies in the picture's data. */
export const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 30 } },
  });

/** Where the EXIF standard keeps the pixel that is seen at (x, y) of a width × height picture. */
function storedAt(orientation: number, x: number, y: number, width: number, height: number): [u: number, v: number] {
  const right = width - 1 - x;
  const below = height - 1 - y;
  const places: [number, number][] = [
    [x, y],
    [right, y],
    [right, below],
    [x, below],
    [y, x],
    [y, right],
    [below, right],
    [below, x],
  ];
  return places[orientation - 1] ?? [x, y];
}

/** A JPEG seen as 120 × 80 with quarters red, green, blue, yellow, stored in `orientation`. */
export function oriented(orientation: number): Promise<Buffer> {
  const [width, height] = [120, 80];
  const [storedWidth, storedHeight] = orientation > 4 ? [height, width] : [width, height];
  const pixels = Buffer.alloc(storedWidth * storedHeight * 3);
  const colours = [0xd02020, 0x20a020, 0x2040d0, 0xe0c020];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = storedAt(orientation, x, y, width, height);
      const colour = colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? 0;
      pixels.writeUIntBE(colour, (v * storedWidth + u) * 3, 3);
    }
  }
  return sharp(pixels, { raw: { width: storedWidth, height: storedHeight, channels: 3 } })
    .withMetadata({ orientation })
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
    .toBuffer();
}

/** A whole, valid PNG of one colour and any size: 1 bit a pixel compresses to a few kB. */
export function plainPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
