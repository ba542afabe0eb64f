import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** 8 × 8 px of one color each, as they were once written: what packs them today may pack them in other bytes. */
const plain = [
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQI12M42RWFFTEMLQkAA/5rQYV3krcAAAAASUVORK5CYII=",
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQI12OIqj+JFTEMLQkAuWBogWf7IoIAAAAASUVORK5CYII=",
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAD0lEQVQI12PowgEYhpYEAHEgZ4EVfehyAAAAAElFTkSuQmCC",
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQI12O4cagKK2IYWhIAD1SFAeyZTWEAAAAASUVORK5CYII=",
].map((text) => Buffer.from(text, "base64"));
/** Signature and header; what comes next may be any other chunk. */
const HEAD_BYTES = 33;

/** An object of the bucket, and what the console knew of its bytes. */
export type Picture = { body: Buffer; etag: string; sha256: string; bytes: number };

/** The picture of a number: bytes of its own, the same ones for ever. */
export function pictureOf(number: number): Picture {
  const base = plain[number % plain.length] ?? Buffer.alloc(0);
  return describe(Buffer.concat([base.subarray(0, HEAD_BYTES), title(number), base.subarray(HEAD_BYTES)]));
}

export const textOf = (text: string): Picture => describe(Buffer.from(text));

export const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");

function describe(body: Buffer): Picture {
  return { body, etag: createHash("md5").update(body).digest("hex"), sha256: sha256(body), bytes: body.length };
}

/** A chunk that says the number. */
function title(number: number): Buffer {
  const body = Buffer.from(`tEXtTitle\0${number}`, "latin1");
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
