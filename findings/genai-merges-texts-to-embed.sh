#!/usr/bin/env bash
# @google/genai 2.32.0 (npm): the same list of three texts is three requests for gemini-embedding-001, and one of three parts for
# gemini-embedding-2, so that one vector comes back for all three and who pairs vectors with texts loses two of them. The SDK looks for the
# name within the model's: an alias of another name is asked as 001 is. Each text as a content of its own is three requests for both.
set -euo pipefail
versions="@google/genai@2.32.0"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund "$versions"
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import { GoogleGenAI } from "@google/genai";

const texts = ["a cat", "a dog", "a house"];
/** How many requests a call holds, and how many parts each: nothing is sent. */
async function ask(model, contents) {
  let sent = "";
  const send = async (_, init) => {
    sent = init.body;
    return new Response('{"embeddings":[]}', { headers: { "content-type": "application/json" } });
  };
  const client = new GoogleGenAI({ apiKey: "none", vertexai: false });
  await client.models.embedContent({ model, contents, config: { httpOptions: { fetch: send } } });
  return JSON.parse(sent).requests.map(({ content }) => content.parts.length).join(" + ");
}
const own = texts.map((text) => ({ parts: [{ text }] }));
const seen = {};
for (const model of ["gemini-embedding-001", "gemini-embedding-2", "tuned-embedding"]) {
  seen[model] = { "parts of a list of texts": await ask(model, texts), "parts of contents": await ask(model, own) };
}
console.table(seen);
assert.deepEqual(Object.values(seen).map((one) => Object.values(one)), [
  ["1 + 1 + 1", "1 + 1 + 1"],
  ["3", "1 + 1 + 1"],
  ["1 + 1 + 1", "1 + 1 + 1"],
]);
CODE
echo "$versions"
node "$work/run.mjs"
