#!/usr/bin/env bash
# AWS CLI 2.9.19 (Debian 12): `aws s3 sync` of a bucket to a folder writes `a//b.png` and `a/b.png` to the same file, without a word and
# with exit code 0: one of two pictures is lost, and which one depends on the order of transfers. A second sync sees nothing to do
# or writes the other. `aws s3 ls --recursive` shows both. Seen against Ceph RGW 16.2.
set -euo pipefail
source "$(dirname "$0")/support/ceph.sh"
install_packages awscli
start_ceph
/usr/bin/aws --version
/usr/bin/aws --version 2>&1 | grep -q '^aws-cli/2\.9\.19 '
with_sdk << 'CODE'
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { assert, send } from "./sdk.mjs";
await send("PutObject", { Key: "a/b.png", Body: "a picture" });
await send("PutObject", { Key: "a//b.png", Body: "another picture" });
const folder = mkdtempSync(`${process.cwd()}/sync-`);
const { status, stderr } = spawnSync(
  "/usr/bin/aws",
  ["--endpoint-url", process.env.ENDPOINT, "s3", "sync", "s3://finding", folder, "--no-progress"],
  { encoding: "utf8" },
);
const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
console.log(`2 objects; aws s3 sync → exit ${status}, ${files.length} file; on stderr: ${JSON.stringify(stderr)}`);
assert.equal(status, 0);
assert.equal(stderr, "");
assert.equal(files.length, 1);
CODE
