import { expect, test } from "vitest";
import { estimateOutputTokens, maxImageTokens, maxTextTokens } from "./token-estimates";

test.each([
  [384, 258],
  [768, 1_032],
  [1_536, 1_032],
  [2_048, 258 * 9],
])("a picture of %d px counts for at most %d tokens", (edge, tokens) => {
  expect(maxImageTokens(edge)).toBe(tokens);
});

test("text and answers are estimated by their length", () => {
  expect(maxTextTokens("abcdefg")).toBe(3);
  expect(estimateOutputTokens({ tone: { values: ["a"] }, ageRange: { values: ["b"], estimate: "years" } })).toBe(60);
});
