#!/usr/bin/env bash
# Debian's Chromium (seen: 156.0.8078): an <img> that is taken out of the page before its picture has come stays alive, and with it
# everything it is still tied to: the whole card of a list that lets go of its rows. It also keeps its place in the queue of six
# requests to a host, before what is on screen now. `removeAttribute("src")` while it is still in the page cuts the request and
# frees it; after its removal the same cuts the request and frees nothing, though `src = ""` then does.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v chromium > /dev/null || { apt-get update -qq > /dev/null && apt-get install -y -qq --no-install-recommends chromium > /dev/null; }
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts playwright-core@1.65.1
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

let asked = 0;
const server = createServer((request, response) => {
  if (request.url.startsWith("/picture")) asked += 1; // and is never answered
  else response.setHeader("content-type", "text/html").end("<!doctype html><title>list</title>");
}).listen(0, "127.0.0.1");
await once(server, "listening");
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"];
const browser = await chromium.launch({ executablePath: "chromium", args }).catch(() => chromium.launch({ executablePath: "/usr/bin/chromium", args }));
console.log("Chromium", browser.version());

/** A hundred cards with a picture that never comes, each removed after two frames: how many are left after collecting garbage. */
async function cardsLeft(how) {
  asked = 0;
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.evaluate(async (how) => {
    window.cards = [];
    for (let n = 0; n < 100; n += 1) {
      const card = document.createElement("div");
      const picture = document.createElement("img");
      picture.src = `/picture-${n}`;
      card.append(picture);
      window.cards.push(new WeakRef(card));
      document.body.append(card);
      for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      if (how === "before") picture.removeAttribute("src");
      card.remove();
      if (how === "after") picture.removeAttribute("src");
      if (how === "empty after") picture.src = "";
    }
  }, how);
  const session = await page.context().newCDPSession(page);
  for (let n = 0; n < 3; n += 1) await session.send("HeapProfiler.collectGarbage");
  const left = await page.evaluate(() => window.cards.filter((card) => card.deref()).length);
  console.log(`src ${how}: ${left} of 100 removed cards are alive, ${asked} pictures were asked for`);
  await page.close();
  return left;
}

assert.ok((await cardsLeft("left as it is")) > 90);
assert.ok((await cardsLeft("after")) > 90);
assert.ok((await cardsLeft("before")) < 10);
assert.ok((await cardsLeft("empty after")) < 10);
await browser.close();
server.closeAllConnections();
server.close();
CODE
(cd "$work" && node run.mjs)
