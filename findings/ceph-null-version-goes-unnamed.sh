#!/usr/bin/env bash
# Ceph RGW 16.2 (Debian 12): an object from before versions were turned on has the version "null" in ListObjectVersions, and a
# GET with that id finds it. But PUT, HEAD and GET of it answer without x-amz-version-id, also once the bucket keeps versions
# (AWS answers "null"), while objects written since are answered with theirs. Who compares version ids of HEAD with those of a
# listing does not find such an object there; and CopyObject's answer never names the version that it made.
set -euo pipefail
source "$(dirname "$0")/support/ceph.sh"
start_ceph
with_sdk << 'CODE'
import { assert, send } from "./sdk.mjs";
await send("PutObject", { Key: "old.png", Body: "old" });
await send("PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled" } });
const made = await send("PutObject", { Key: "new.png", Body: "new" });
const copied = await send("CopyObject", { Key: "copy.png", CopySource: "finding/new.png" });
const listed = async (Prefix) => (await send("ListObjectVersions", { Prefix })).Versions.map(({ VersionId }) => VersionId);
const seen = {
  headOld: (await send("HeadObject", { Key: "old.png" })).VersionId ?? "none",
  getOld: (await send("GetObject", { Key: "old.png" })).VersionId ?? "none",
  listedOld: await listed("old.png"),
  getOldByNull: (await send("GetObject", { Key: "old.png", VersionId: "null" })).$metadata.httpStatusCode,
  headNewIsThePuts: (await send("HeadObject", { Key: "new.png" })).VersionId === made.VersionId,
  copyAnswers: copied.VersionId ?? "none",
  listedCopies: (await listed("copy.png")).length,
};
console.log(JSON.stringify(seen));
assert.deepEqual(seen, {
  headOld: "none",
  getOld: "none",
  listedOld: ["null"],
  getOldByNull: 200,
  headNewIsThePuts: true,
  copyAnswers: "none",
  listedCopies: 1,
});
CODE
