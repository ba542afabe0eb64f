import { describe, expect, test } from "vitest";
import { costOf, factsOf } from "./model-prices";

describe("factsOf", () => {
  test.each([
    ["gemini-2.5-flash", 0.3],
    ["gemini-2.5-flash-lite", 0.1],
    ["gemini-2.5-flash-lite-preview-09-2025", 0.1],
    ["gemini-2.5-flash-preview-09-2025", 0.3],
    ["gemini-2.5-pro", 1.25],
  ])("%s costs $%d a million input tokens", (model, usd) => {
    expect(costOf(factsOf(model).price, { input: 1_000_000, output: 0 })).toBeCloseTo(usd, 10);
  });

  test.each([
    "gemini-2.5",
    "gemini-2.5-flashy",
    "gemini-2.5-flash-image",
    "gemini-2.5-flash-preview-tts",
    "gemini-9-ultra",
    "",
  ])("of “%s” nothing is known", (model) => {
    expect(() => factsOf(model)).toThrow(/Set GEMINI_MODEL to one of gemini-2\.5-flash, /);
  });

  test.each([
    ["gemini-2.5-flash-001", { thinkingBudget: 0 }],
    ["gemini-2.5-flash-lite", { thinkingBudget: 0 }],
    ["gemini-2.5-pro", { thinkingBudget: 128 }],
    ["gemini-3.5-flash", { thinkingLevel: "minimal" }],
  ])("%s is told to think as little as it can, with room for thoughts and answer", (model, thinking) => {
    const facts = factsOf(model);
    expect(facts.thinking).toEqual(thinking);
    const thoughts = "thinkingBudget" in facts.thinking ? facts.thinking.thinkingBudget : 1_000;
    expect(facts.maxOutputTokens - thoughts).toBeGreaterThanOrEqual(1_024);
  });
});

test("what was read from a cache costs less, and counts as input once", () => {
  const { price } = factsOf("gemini-2.5-flash");
  expect(costOf(price, { input: 1_300, cached: 300, output: 150 })).toBeCloseTo(
    1_000 * 0.3e-6 + 300 * 0.03e-6 + 150 * 2.5e-6,
    12,
  );
});

test("output costs its own price", () => {
  const { price } = factsOf("gemini-2.5-flash");
  expect(costOf(price, { input: 1_300, output: 150 })).toBeCloseTo(1_300 * 0.3e-6 + 150 * 2.5e-6, 12);
});
