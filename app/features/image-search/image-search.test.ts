import { expect, test } from "vitest";
import { explainMissing, whyInWords } from "./image-search";

test.each([
  [{ words: ["red"], similarity: null }, "Word: red"],
  [{ words: ["red", "scarf"], similarity: 0.923 }, "Words: red, scarf · similarity 0.92"],
  [{ words: null, similarity: -0.1 }, "Similarity 0.00"],
  [{ words: null, similarity: 1.0000001 }, "Similarity 1.00"],
])("why an image is found, in words: %o", (why, words) => {
  expect(whyInWords(why)).toBe(words);
});

test("what is missing for likeness is said with the way to it", () => {
  expect(explainMissing({ kind: "no-vectors" })).toMatch(/Embed images first/);
  expect(explainMissing({ kind: "building", vectors: 200_000, indexed: 151_000 })).toMatch(/200\s000 vectors.*75%/);
});
