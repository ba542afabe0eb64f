import { expect, test } from "vitest";
import { z } from "zod";
import { readResponse } from "./read-response";

const schema = z.strictObject({ tone: z.enum(["warm", "cool"]) });
const text = '{"tone":"warm"}';
const response = (candidate: object, more: object = {}) =>
  readResponse(JSON.stringify({ candidates: [candidate], ...more }), schema);
const content = (...parts: unknown[]) => ({ content: { parts } });

test.each([
  ["cut after it was whole", { finishReason: "MAX_TOKENS", ...content({ text }) }],
  ["a reason that nobody knows", { finishReason: "SOMETHING_NEW", ...content({ text }) }],
  ["a reason that is unspecified", { finishReason: "FINISH_REASON_UNSPECIFIED", ...content({ text }) }],
  ["no reason", content({ text })],
  ["a part that is null", { finishReason: "STOP", ...content(null, { text }) }],
  ["parts of other kinds", { finishReason: "STOP", ...content({ thought: true, text: "Warm?" }, 7, { text }, {}) }],
  ["in two parts", { finishReason: "STOP", ...content({ text: '{"tone":' }, { text: '"warm"}' }) }],
])("a whole answer is read: %s", (_, candidate) => {
  expect(response(candidate)).toMatchObject({ kind: "labelled", answer: { tone: "warm" }, mended: [] });
});

test.each([
  [
    "SAFETY",
    { finishReason: "SAFETY", finishMessage: "No.", ...content({ text }) },
    {},
    { reason: "SAFETY", said: "No." },
  ],
  ["a block", content({ text }), { promptFeedback: { blockReason: "BLOCKLIST" } }, { reason: "BLOCKLIST", said: null }],
])("a refusal stands, whatever is beside it: %s", (_, candidate, more, refusal) => {
  expect(response(candidate, more)).toMatchObject({ kind: "refused", ...refusal });
});

test.each([
  [
    "cut",
    { finishReason: "MAX_TOKENS", ...content({ text: '{"tone":"wa' }) },
    { kind: "truncated", byThoughts: false },
  ],
  ["thoughts alone", { finishReason: "MAX_TOKENS", ...content() }, { kind: "truncated", byThoughts: true }],
  [
    "stopped within it",
    { finishReason: "OTHER", ...content({ text: '{"tone"' }) },
    { kind: "unanswered", reason: "OTHER" },
  ],
  ["nothing", { finishReason: "STOP", ...content() }, { kind: "unanswered", reason: null }],
  ["no JSON", { finishReason: "STOP", ...content({ text: "Warm." }) }, { kind: "invalid" }],
])("what is no whole answer is none: %s", (_, candidate, read) => {
  expect(response(candidate)).toMatchObject(read);
});

test("a block that says nothing about the picture is no answer", () => {
  expect(readResponse('{"promptFeedback":{"blockReason":"OTHER"}}', schema)).toMatchObject({
    kind: "unanswered",
    reason: "OTHER",
  });
});
