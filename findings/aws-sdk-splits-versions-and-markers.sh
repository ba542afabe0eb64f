#!/usr/bin/env bash
# @aws-sdk/client-s3 3.1169.0 (npm): ListObjectVersions answers one series of <Version> and <DeleteMarker> elements, newest
# first within a key, and S3 tells no other order: LastModified has whole seconds on most stores, and version ids are opaque.
# The SDK sorts the elements into two lists (Versions, DeleteMarkers) and their order to each other is lost: of a put, a delete
# and a put within one second, the same output comes for two different histories. IsLatest names the newest, nothing
# tells what lies below it. Seen with two fixed bodies in S3's own form.
set -euo pipefail
version=3.1169.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts "@aws-sdk/client-s3@$version"
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import http from "node:http";
import { ListObjectVersionsCommand, S3Client } from "@aws-sdk/client-s3";

const second = "2026-11-29T08:00:00.000Z";
const entry = (tag, id, isLatest) =>
  `<${tag}><Key>a.png</Key><VersionId>${id}</VersionId><IsLatest>${isLatest}</IsLatest><LastModified>${second}</LastModified>` +
  `${tag === "Version" ? "<ETag>&quot;e&quot;</ETag><Size>1</Size>" : ""}</${tag}>`;
const histories = {
  // Newest first: the older put is hidden by the delete.
  "put, delete, put": [entry("Version", "v2", true), entry("DeleteMarker", "m", false), entry("Version", "v1", false)],
  "delete, put, put": [entry("Version", "v2", true), entry("Version", "v1", false), entry("DeleteMarker", "m", false)],
};
let body = "";
const server = http.createServer((request, response) => {
  request.resume();
  response.setHeader("content-type", "application/xml");
  response.end(`<?xml version="1.0"?><ListVersionsResult><Name>b</Name><IsTruncated>false</IsTruncated>${body}</ListVersionsResult>`);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const credentials = { accessKeyId: "none", secretAccessKey: "none" };
const endpoint = `http://127.0.0.1:${server.address().port}`;
const s3 = new S3Client({ endpoint, forcePathStyle: true, region: "us-east-1", credentials });
const seen = [];
for (const [history, entries] of Object.entries(histories)) {
  body = entries.join("");
  const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: "b", Prefix: "a.png" }));
  seen.push(JSON.stringify({ Versions, DeleteMarkers }));
  console.log(history, seen.at(-1));
}
server.close();
assert.equal(seen[0], seen[1]);
CODE
(cd "$work" && AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true node run.mjs)
