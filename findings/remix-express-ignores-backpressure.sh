#!/usr/bin/env bash
# @remix-run/express 2.17.5 (and `writeReadableStreamToWritable` of @remix-run/node, which it writes with): a response's stream is
# read to its end as fast as it gives, whatever `write` answers. To a client that reads nothing yet, a file of 200 MB that is made
# piece by piece as it is pulled lies whole in the server's memory. Node's own `pipeline` pulls a few pieces and waits.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts @remix-run/node@2.17.5 @remix-run/express@2.17.5 express@4.22.3
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { createRequestHandler } from "@remix-run/express";
import express from "express";

const PIECES = 200;
const MB = 1_000_000;
let pulled = 0;
function longBody() {
  pulled = 0;
  return new ReadableStream({
    async pull(controller) {
      await sleep(1);
      if (pulled === PIECES) return controller.close();
      pulled += 1;
      controller.enqueue(new Uint8Array(MB));
    },
  });
}

const route = { id: "file", path: "file", module: { loader: () => new Response(longBody()) } };
const build = {
  mode: "production",
  entry: { module: { default: () => new Response() } },
  routes: { file: route },
  assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "1" },
  publicPath: "/",
  assetsBuildDirectory: "",
  isSpaMode: false,
  future: { v3_singleFetch: true },
};

/** Asks and reads nothing; how many pieces were pulled once no more come. */
async function pulledFor(app) {
  const server = http.createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const request = http.get({ port: server.address().port, path: "/file" });
  const [response] = await once(request, "response");
  for (let before = -1; before < pulled; await sleep(500)) before = pulled;
  response.destroy();
  server.closeAllConnections();
  server.close();
  return pulled;
}

const byRemix = await pulledFor(express().all("*", createRequestHandler({ build, mode: "production" })));
console.log(`@remix-run/express: ${byRemix} of ${PIECES} MB pulled for a client that reads nothing`);
assert.equal(byRemix, PIECES);
const byNode = await pulledFor((_request, response) => {
  response.flushHeaders();
  pipeline(Readable.fromWeb(longBody()), response).catch(() => {});
});
console.log(`node:stream pipeline: ${byNode} of ${PIECES} MB`);
assert.ok(byNode < 20);
CODE
(cd "$work" && node run.mjs)
