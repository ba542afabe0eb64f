import sharp, { type Sharp } from "sharp";

type Segment = { marker: number; at: number; end: number };

/** The segments up to the scan's header, by the marker's second byte and the bytes that they take. */
function segmentsOf(jpeg: Buffer): Segment[] {
  const segments: Segment[] = [];
  for (let at = 2; segments.at(-1)?.marker !== 0xda; ) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    segments.push({ marker: jpeg[at + 1] ?? 0, at, end });
    at = end;
  }
  return segments;
}

function find(jpeg: Buffer, marker: number): Segment {
  const found = segmentsOf(jpeg).find((segment) => segment.marker === marker);
  if (!found) throw new Error(`The JPEG has no segment ff${marker.toString(16)}`);
  return found;
}

const insert = (jpeg: Buffer, at: number, bytes: Buffer | number[]) =>
  Buffer.concat([jpeg.subarray(0, at), Buffer.from(bytes), jpeg.subarray(at)]);

function withBytes(jpeg: Buffer, at: number, bytes: number[]): Buffer {
  const changed = Buffer.from(jpeg);
  changed.set(bytes, at);
  return changed;
}

const application = (marker: number, body: Buffer) =>
  Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body]);

/** The scan parameters that some phones write into pictures that are whole: zeros. */
function asPhonesDo(jpeg: Buffer): Buffer {
  return withBytes(jpeg, find(jpeg, 0xda).end - 3, [0, 0, 0]);
}

/** Bytes of the scan from two thirds of it on. */
const later = (jpeg: Buffer) => Math.floor((find(jpeg, 0xda).end + 2 * jpeg.length) / 3);

/** 320 × 240 px, soft shapes with a little noise, as photos are. */
function softPicture(): Sharp {
  const pixels = Buffer.alloc(320 * 240 * 3);
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [Math.floor(at / 3) % 320, Math.floor(at / 960)];
    pixels[at] = 128 + 90 * Math.sin(x / 31 + (at % 3)) * Math.cos(y / 23 + (at % 3)) + ((at * 2_654_435_761) % 13);
  }
  return sharp(pixels, { raw: { width: 320, height: 240, channels: 3 } });
}

/** JPEGs of a 320 × 240 picture that every browser shows whole, whatever libjpeg warns of; and how it looks. */
export async function wholeJpegs(): Promise<Record<string, Buffer>> {
  // sharp writes no JFIF segment, which most files begin with.
  const jfifBody = Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1");
  const plain = insert(await softPicture().jpeg({ quality: 85 }).toBuffer(), 2, application(0xe0, jfifBody));
  const jfif = find(plain, 0xe0);
  const quantization = find(plain, 0xdb).at;
  const end = plain.length - 2;
  const adobe = Buffer.concat([Buffer.from("Adobe\0d\0\0\0\0", "latin1"), Buffer.from([9])]);
  const halfProfile = Buffer.concat([Buffer.from("ICC_PROFILE\0\x01\x02", "latin1"), Buffer.alloc(128)]);
  const video = Buffer.concat([Buffer.from("\0\0\0\x18ftypmp42", "latin1"), Buffer.alloc(4_000)]);
  return {
    plain,
    "stray bytes between segments": insert(plain, quantization, [0, 0, 0, 0, 0]),
    "JFIF of a version to come": withBytes(plain, jfif.at + 9, [2, 1]),
    "an unknown Adobe transform": insert(plain, jfif.end, application(0xee, adobe)),
    "a color profile whose second part is missing": insert(plain, jfif.end, application(0xe2, halfProfile)),
    "scan parameters of phones": asPhonesDo(plain),
    "a video behind the picture": Buffer.concat([plain, video]),
    "zeros before its end": insert(plain, end, Buffer.alloc(14)),
    "fill bytes before its end": insert(plain, end, [0xff, 0xff, 0xff]),
    "no end": plain.subarray(0, end),
    progressive: await softPicture().jpeg({ quality: 85, progressive: true }).toBuffer(),
  };
}

/** JPEGs that lost a part of their picture. */
export async function damagedJpegs(): Promise<Record<string, Buffer>> {
  const plain = await softPicture().jpeg({ quality: 85 }).toBuffer();
  const progressive = await softPicture().jpeg({ quality: 85, progressive: true }).toBuffer();
  const cut = (jpeg: Buffer) => jpeg.subarray(0, Math.floor(jpeg.length * 0.6));
  const erased = (jpeg: Buffer) => withBytes(jpeg, later(jpeg), Array<number>(200).fill(0));
  return {
    cut: cut(plain),
    "cut, of a phone": cut(asPhonesDo(plain)),
    "cut, progressive": cut(progressive),
    "200 bytes lost": erased(plain),
    "200 bytes lost, of a phone": erased(asPhonesDo(plain)),
    "200 bytes missing": Buffer.concat([plain.subarray(0, later(plain)), plain.subarray(later(plain) + 200)]),
    "zeros to the end": withBytes(plain, later(plain), Array<number>(plain.length - later(plain)).fill(0)),
  };
}
