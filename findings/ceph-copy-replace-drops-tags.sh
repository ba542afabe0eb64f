#!/usr/bin/env bash
# Ceph RGW 16.2 (Debian 12): CopyObject with `MetadataDirective: REPLACE` (how one changes a content type in S3) also drops the
# object's tags, although `TaggingDirective` is COPY unless told otherwise; said aloud it changes nothing. A copy without
# REPLACE keeps them. AWS's documents keep the two directives apart.
set -euo pipefail
source "$(dirname "$0")/support/ceph.sh"
start_ceph
with_sdk << 'CODE'
import { assert, send } from "./sdk.mjs";
await send("PutObject", { Key: "from.png", Body: "x", Tagging: "consent=signed", ContentType: "image/jpeg" });
const tagsAfter = async (options) => {
  const copied = await send("CopyObject", { Key: "to.png", CopySource: "finding/from.png", ...options });
  assert.equal(copied.$metadata?.httpStatusCode, 200);
  const { TagSet } = await send("GetObjectTagging", { Key: "to.png" });
  console.log(JSON.stringify(options), "→ tags", JSON.stringify(TagSet));
  return TagSet.length;
};
const replace = { MetadataDirective: "REPLACE", ContentType: "image/png" };
assert.equal(await tagsAfter({}), 1);
assert.equal(await tagsAfter(replace), 0);
assert.equal(await tagsAfter({ ...replace, TaggingDirective: "COPY" }), 0);
CODE
