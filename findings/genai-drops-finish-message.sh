#!/usr/bin/env bash
# @google/genai 2.32.0 (npm), Gemini API: the REST reference gives each candidate a finishMessage, the reason in words why it
# ended as it did. The SDK's typed answer comes without it, and so without any field of a candidate that the SDK does not
# know; while promptFeedback, safetyRatings and usageMetadata are passed on whole, unknown fields included. Nothing of the
# body is kept beside it (sdkHttpResponse has the headers only), so why a picture was refused can be read from the SDK only
# by a `fetch` of one's own. Seen against a server that answers with a fixed body.
set -euo pipefail
version=2.32.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts "@google/genai@$version"
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import http from "node:http";
import { GoogleGenAI } from "@google/genai";

const answer = {
  candidates: [
    {
      content: {},
      finishReason: "PROHIBITED_CONTENT",
      finishMessage: "The picture shows a person.",
      safetyRatings: [{ category: "HARM_CATEGORY_HARASSMENT", probability: "LOW", unknownHere: 1 }],
      unknownHere: 1,
    },
  ],
  promptFeedback: { blockReason: "SAFETY", blockReasonMessage: "In words.", unknownHere: 1 },
  usageMetadata: { promptTokenCount: 9, totalTokenCount: 9, unknownHere: 1 },
};
const server = http.createServer((request, response) => {
  request.resume();
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answer));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const httpOptions = { baseUrl: `http://127.0.0.1:${server.address().port}` };
const ai = new GoogleGenAI({ apiKey: "none", httpOptions });
const { sdkHttpResponse, ...got } = await ai.models.generateContent({ model: "gemini-3-flash", contents: "hello" });
server.close();
console.log(JSON.stringify(got, null, 2));
const [{ finishMessage: _, unknownHere: __, ...candidate }] = answer.candidates;
assert.deepEqual(JSON.parse(JSON.stringify(got)), { ...answer, candidates: [candidate] });
assert.deepEqual(Object.keys(sdkHttpResponse), ["headers"]);
CODE
(cd "$work" && node run.mjs)
