#!/usr/bin/env bash
# rclone 1.60.1 (Debian 12): `rclone sync` from one bucket to another leaves out every key with an empty segment (`a//b.png`), a leading
# slash, or a segment `.` or `..` – all of them valid S3 keys – and exits 0. `rclone check` then finds no difference, and `rclone
# size` counts objects that were not copied. A backup of a bucket made that way is not complete, and nothing but a list of keys tells.
# Seen against Ceph RGW 16.2.
set -euo pipefail
source "$(dirname "$0")/support/ceph.sh"
install_packages rclone
start_ceph
[ "$(rclone version | head -1)" = "rclone v1.60.1-DEV" ] || { rclone version | head -1; exit 1; }
rclone version | head -1
export RCLONE_CONFIG=/dev/null RCLONE_S3_PROVIDER=Ceph RCLONE_S3_ENDPOINT=$ENDPOINT RCLONE_S3_ENV_AUTH=true
with_sdk << 'CODE'
import { spawnSync } from "node:child_process";
import { assert, send } from "./sdk.mjs";
const keys = ["/lead.png", "a//b.png", "a/b.png", "c/../d.png", "c/./e.png", "plain.png", "sp ace /f.png"];
for (const Key of keys) await send("PutObject", { Key, Body: "x" });
await send("CreateBucket", { Bucket: "backup" });
const rclone = (...args) => {
  const { status, stdout, stderr } = spawnSync("rclone", [...args, "--quiet"], { encoding: "utf8" });
  console.log(`rclone ${args.join(" ")} → exit ${status}`);
  return { status, text: stdout + stderr };
};
assert.equal(rclone("sync", ":s3:finding", ":s3:backup").status, 0);
assert.equal(rclone("check", ":s3:finding", ":s3:backup").status, 0);
assert.match(rclone("size", ":s3:finding").text, /Total objects: 7 /);
const copied = (await send("ListObjectsV2", { Bucket: "backup" })).Contents.map(({ Key }) => Key);
console.log("in the bucket: ", JSON.stringify(keys));
console.log("in the backup: ", JSON.stringify(copied));
assert.deepEqual(copied, ["a/b.png", "plain.png", "sp ace /f.png"]);
CODE
