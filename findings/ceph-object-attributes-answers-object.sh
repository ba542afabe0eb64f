#!/usr/bin/env bash
# Ceph RGW 16.2 (Debian 12) does not know GetObjectAttributes and does not say so: it ignores the `?attributes` of the address and
# answers 200 with the object itself, all of its bytes. The SDK then reports that it cannot parse XML, with status 200, where a
# missing feature is 501 elsewhere. Probing a store by “did it answer 200?” is not enough.
set -euo pipefail
source "$(dirname "$0")/support/ceph.sh"
start_ceph
with_sdk << 'CODE'
import { assert, send } from "./sdk.mjs";
await send("PutObject", { Key: "a.png", Body: "not XML" });
const answer = await send("GetObjectAttributes", { Key: "a.png", ObjectAttributes: ["ETag", "ObjectSize"] });
console.log("GetObjectAttributes:", JSON.stringify({ status: answer.status, code: answer.code }));
assert.equal(answer.status, 200);
assert.equal((await send("GetObjectTagging", { Key: "a.png" })).$metadata?.httpStatusCode, 200);
CODE
