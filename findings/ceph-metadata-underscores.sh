#!/usr/bin/env bash
# Ceph RGW 16.2 (Debian 12): a name of user metadata with an underscore comes back with a dash (`model_version` →
# `model-version`), without a word. Two names that differ only in that become one. Whoever looks for the name that was
# written finds nothing.
set -euo pipefail
source "$(dirname "$0")/support/ceph.sh"
start_ceph
with_sdk << 'CODE'
import { assert, send } from "./sdk.mjs";
await send("PutObject", { Key: "a.png", Body: "x", Metadata: { model_version: "7", "source-etag": "abc" } });
const { Metadata } = await send("HeadObject", { Key: "a.png" });
console.log("written: model_version, source-etag; read:", JSON.stringify(Metadata));
assert.deepEqual(Metadata, { "model-version": "7", "source-etag": "abc" });
CODE
