import { expect, test } from "vitest";
import { readUsage } from "./model-usage";

const usual = {
  promptTokenCount: 1_300,
  candidatesTokenCount: 160,
  totalTokenCount: 1_460,
  promptTokensDetails: [
    { modality: "TEXT", tokenCount: 300 },
    { modality: "IMAGE", tokenCount: 1_000 },
  ],
};

test.each([
  ["usual", usual, { text: 300, image: 1_000, cached: 0, output: 160, thoughts: 0 }],
  [
    "with thoughts",
    { ...usual, thoughtsTokenCount: 40 },
    { text: 300, image: 1_000, cached: 0, output: 200, thoughts: 40 },
  ],
  [
    "from a cache",
    { ...usual, cachedContentTokenCount: 200 },
    { text: 300, image: 1_000, cached: 200, output: 160, thoughts: 0 },
  ],
  [
    "without details",
    { promptTokenCount: 5, candidatesTokenCount: 1 },
    { text: 5, image: 0, cached: 0, output: 1, thoughts: 0 },
  ],
])("usage %s is read", (_, usage, tokens) => {
  expect(readUsage(usage, true)).toEqual(tokens);
});

test("an answer without text may have taken no output tokens", () => {
  expect(readUsage({ promptTokenCount: 1_300 }, false)).toEqual({
    text: 1_300,
    image: 0,
    cached: 0,
    output: 0,
    thoughts: 0,
  });
});

test.each([
  ["missing", undefined],
  ["null", null],
  ["empty", {}],
  ["no object", 12],
  ["a negative count", { ...usual, promptTokenCount: -1_300 }],
  ["negative thoughts", { ...usual, thoughtsTokenCount: -1 }],
  ["a fraction", { ...usual, candidatesTokenCount: 160.5 }],
  ["text", { ...usual, promptTokenCount: "1300" }],
  ["NaN", { ...usual, promptTokenCount: Number.NaN }],
  ["beyond whole numbers", { ...usual, promptTokenCount: 2 ** 60 }],
  ["all zero", { promptTokenCount: 0, candidatesTokenCount: 0 }],
  ["an answer that took no tokens", { ...usual, candidatesTokenCount: 0 }],
  ["more image than prompt", { ...usual, promptTokenCount: 900 }],
  ["more cache than prompt", { ...usual, cachedContentTokenCount: 1_301 }],
  ["a broken detail", { ...usual, promptTokensDetails: [{ modality: "IMAGE", tokenCount: -1 }] }],
])("usage that is wrong is not known: %s", (_, usage) => {
  expect(readUsage(usage, true)).toBeNull();
});
