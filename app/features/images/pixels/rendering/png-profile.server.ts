import { crc32, deflateSync } from "node:zlib";

/** Signature, and IHDR with length, name and checksum: a profile's chunk comes right behind (w3.org/TR/png-3/#11iCCP). */
const HEADER_BYTES = 8 + 25;

/** A PNG without a color profile, with one: its pixels keep their numbers, which sharp would convert. */
export function withProfile(png: Buffer, profile: Buffer): Buffer {
  // A name, the end of it, and the one way of compression that there is.
  const data = Buffer.concat([Buffer.from("iCCPICC profile\0\0", "latin1"), deflateSync(profile)]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length - 4);
  checksum.writeUInt32BE(crc32(data));
  return Buffer.concat([png.subarray(0, HEADER_BYTES), length, data, checksum, png.subarray(HEADER_BYTES)]);
}
