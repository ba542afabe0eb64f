import { describe, expect, test } from "vitest";
import { costOf, estimateOutputTokens, formatUsd, maxImageTokens, maxTextTokens, priceOf } from "./pricing";

describe("priceOf", () => {
  test.each([
    ["gemini-2.5-flash", 0.3],
    ["gemini-2.5-flash-lite", 0.1],
    ["gemini-2.5-flash-lite-preview-09-2025", 0.1],
    ["gemini-2.5-flash-preview-09-2025", 0.3],
    ["gemini-2.5-pro", 1.25],
  ])("%s costs $%d a million input tokens", (model, usd) => {
    const price = priceOf(model);
    if (!price) throw new Error("no price");
    expect(costOf(price, { input: 1_000_000, output: 0 })).toBeCloseTo(usd, 10);
  });

  test.each(["gemini-2.5", "gemini-2.5-flashy", "gemini-9-ultra", ""])("of “%s” nothing is known", (model) => {
    expect(priceOf(model)).toBeNull();
  });
});

test("output costs its own price", () => {
  const price = priceOf("gemini-2.5-flash");
  if (!price) throw new Error("no price");
  expect(costOf(price, { input: 1_300, output: 150 })).toBeCloseTo(1_300 * 0.3e-6 + 150 * 2.5e-6, 12);
});

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

test.each([
  [0, "$0.00"],
  [2.5, "$2.50"],
  [0.0125, "$0.0125"],
  [0.123, "$0.123"],
  [100, "$100.00"],
])("%d USD read %s", (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});
