import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Manners } from "../manners/manners";
import { S3Error } from "../wire/s3-error";
import type { BucketRow } from "./index-schema";

export type Digests = { md5: Buffer; sha256: Buffer; crc32: number };

/** MD5, SHA-256 and CRC-32 of what passes by. */
export function createDigests() {
  const md5 = createHash("md5");
  const sha256 = createHash("sha256");
  let crc = 0;
  return {
    update(chunk: Buffer) {
      md5.update(chunk);
      sha256.update(chunk);
      crc = crc32(chunk, crc);
    },
    digest: (): Digests => ({ md5: md5.digest(), sha256: sha256.digest(), crc32: crc }),
  };
}

/** Holds a body against every digest that came with it. The checksums behind a streamed body are not looked at. */
export function checkDigests(
  { manners }: { manners: Manners },
  body: Digests,
  { headers, payload }: { headers: Record<string, string>; payload: string },
) {
  const md5 = headers["content-md5"];
  if (md5 !== undefined) {
    if (Buffer.from(md5, "base64").length !== 16) {
      throw new S3Error("InvalidDigest", "The Content-MD5 you specified was invalid.");
    }
    if (md5 !== body.md5.toString("base64")) {
      throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
  }
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== body.sha256.toString("hex")) {
    throw new S3Error("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match.");
  }
  if (!manners.verifiesChecksums) return;
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(body.crc32);
  const checksums = { CRC32: crc, SHA256: body.sha256 };
  for (const [name, checksum] of Object.entries(checksums)) {
    const given = headers[`x-amz-checksum-${name.toLowerCase()}`];
    if (given !== undefined && given !== checksum.toString("base64")) {
      throw new S3Error("BadDigest", `The ${name} you specified did not match the calculated checksum.`);
    }
  }
}

const hasChecksum = (headers: Record<string, string>) =>
  Object.keys(headers).some((name) => /^x-amz-(checksum-|sdk-checksum-algorithm$|trailer$)/.test(name));

/** A bucket with Object Lock takes nothing whose bytes are not vouched for. */
export function requireDigestUnderLock(
  { manners }: { manners: Manners },
  bucket: BucketRow,
  headers: Record<string, string>,
) {
  if (!bucket.hasLock || !manners.lockWantsDigest || headers["content-md5"] !== undefined || hasChecksum(headers))
    return;
  throw new S3Error(
    "InvalidRequest",
    "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters",
  );
}

/** What a list of keys to delete must come with. */
export function requireDeleteDigest({ manners }: { manners: Manners }, headers: Record<string, string>) {
  const wanted = manners.deleteObjectsDigest;
  if (wanted === "none" || headers["content-md5"] !== undefined || (wanted === "any" && hasChecksum(headers))) return;
  throw new S3Error(
    "InvalidRequest",
    `Missing required header for this request: Content-MD5${wanted === "any" ? " OR x-amz-checksum-*" : ""}`,
  );
}
