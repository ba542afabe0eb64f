#!/usr/bin/env bash
# rclone 1.60.1 (Debian 12): `rclone touch` of an existing object on S3 sets its time by copying it onto itself with replaced metadata,
# and thereby drops Cache-Control, Expires and a public ACL; content type and user metadata stay. The object's bytes and ETag
# stay too, so no comparison by ETag notices it. Seen against Ceph RGW 16.2 (where the tags go as well).
set -euo pipefail
source "$(dirname "$0")/support/ceph.sh"
install_packages rclone
start_ceph
[ "$(rclone version | head -1)" = "rclone v1.60.1-DEV" ] || { rclone version | head -1; exit 1; }
npm install --prefix "$work" --silent --no-audit --no-fund "@aws-sdk/client-s3@$sdk_version"
export REMOTE=":s3:finding/a.png"
export RCLONE_CONFIG=/dev/null RCLONE_S3_PROVIDER=Ceph RCLONE_S3_ENDPOINT=$ENDPOINT RCLONE_S3_ENV_AUTH=true
rclone version | head -1
with_sdk << 'CODE'
import { execFileSync } from "node:child_process";
import { assert, send } from "./sdk.mjs";
const headers = { CacheControl: "max-age=60", Expires: new Date("2030-01-01"), ContentType: "image/png", Metadata: { note: "hello" } };
await send("PutObject", { Key: "a.png", Body: "x", ACL: "public-read", ...headers });
const look = async () => {
  const head = await send("HeadObject", { Key: "a.png" });
  const { Grants } = await send("GetObjectAcl", { Key: "a.png" });
  const found = {
    etag: head.ETag,
    cacheControl: head.CacheControl,
    expires: head.ExpiresString,
    contentType: head.ContentType,
    note: head.Metadata.note,
    grants: Grants.length,
  };
  console.log(JSON.stringify(found));
  return found;
};
const before = await look();
assert.equal(before.cacheControl, "max-age=60");
execFileSync("rclone", ["touch", process.env.REMOTE], { stdio: "inherit" });
const after = await look();
assert.deepEqual(after, { etag: before.etag, cacheControl: undefined, expires: undefined, contentType: "image/png", note: "hello", grants: 1 });
CODE
