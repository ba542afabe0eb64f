#!/usr/bin/env bash
# Ceph RGW 16.2 (Debian 12): `x-amz-checksum-sha256` and `x-amz-checksum-crc32` of a PutObject are neither verified nor kept: a body
# that does not match is stored with 200. Only Content-MD5 protects an upload there (400 BadDigest).
set -euo pipefail
source "$(dirname "$0")/support/ceph.sh"
start_ceph
with_sdk << 'CODE'
import { createHash } from "node:crypto";
import { assert, send } from "./sdk.mjs";
const digest = (name) => createHash(name).update("another body").digest("base64");
const put = async (input) => {
  const answer = await send("PutObject", { Key: "a.png", Body: "this body", ...input });
  console.log(Object.keys(input).join(), "of another body →", answer.status ?? 200, answer.code ?? "stored");
  return answer.status ?? 200;
};
assert.equal(await put({ ChecksumSHA256: digest("sha256") }), 200);
assert.equal(await put({ ChecksumCRC32: "AAAAAA==" }), 200);
assert.equal(await put({ ContentMD5: digest("md5") }), 400);
const head = await send("HeadObject", { Key: "a.png", ChecksumMode: "ENABLED" });
assert.equal(head.ChecksumSHA256, undefined);
CODE
