import { expect, test } from "vitest";
import { estimateOutputTokens, maxImageTokens, maxTextTokens } from "./token-estimates";

test.each([
  [384, "tiles", 258],
  [768, "tiles", 1_032],
  [1_536, "tiles", 1_032],
  [2_048, "tiles", 258 * 9],
  [2_048, { low: 280, medium: 560, high: 1_120, default: "low" }, 1_120],
  [768, null, 1_120],
  [2_048, null, 258 * 9],
] as const)("a picture of %d px, counted by %j, takes at most %d tokens", (edge, imageTokens, tokens) => {
  expect(maxImageTokens(edge, imageTokens)).toBe(tokens);
});

test("text and answers are estimated by their length", () => {
  expect(maxTextTokens("abcdefg")).toBe(3);
  expect(estimateOutputTokens({ tone: { values: ["a"] }, ageRange: { values: ["b"], estimate: "years" } })).toBe(60);
});
