#!/usr/bin/env bash
# Ceph RGW 16.2 (Debian 12): CopyObject takes x-amz-copy-source-if-match and copies whatever lies at the source, though the
# same ETag as If-Match of a GET is refused with 412. “Copy this object if it is still the one that I saw” so copies
# another one and answers 200. If-None-Match: * on the target of a copy is ignored too, while a PUT of the same key honors it.
set -euo pipefail
source "$(dirname "$0")/support/ceph.sh"
start_ceph
with_sdk << 'CODE'
import { assert, client, send } from "./sdk.mjs";
await send("PutObject", { Key: "a.png", Body: "one" });
const other = `"${"0".repeat(32)}"`;
const outcome = async (name, input) => (await send(name, input)).status ?? 200;
const seen = {
  getIfMatchOther: await outcome("GetObject", { Key: "a.png", IfMatch: other }),
  copyIfSourceMatchesOther: await outcome("CopyObject", { Key: "b.png", CopySource: "finding/a.png", CopySourceIfMatch: other }),
};
// The SDK has no input for it.
client.middlewareStack.add(
  (next) => (args) => {
    if (args.request.headers["x-amz-copy-source"]) args.request.headers["if-none-match"] = "*";
    return next(args);
  },
  { step: "build", name: "createOnlyCopy" },
);
seen.putIfNoneMatch = await outcome("PutObject", { Key: "b.png", Body: "two", IfNoneMatch: "*" });
seen.copyIfNoneMatch = await outcome("CopyObject", { Key: "b.png", CopySource: "finding/a.png" });
console.log(JSON.stringify(seen));
assert.deepEqual(seen, { getIfMatchOther: 412, copyIfSourceMatchesOther: 200, putIfNoneMatch: 412, copyIfNoneMatch: 200 });
CODE
