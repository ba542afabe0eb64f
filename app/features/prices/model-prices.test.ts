import { expect, test } from "vitest";
import { costOf } from "./model-prices";

const price = { input: { text: 3e-7, image: 4e-7 }, cached: 3e-8, output: 2.5e-6, thoughts: 3e-6 };
const tokens = { text: 300, image: 1_000, cached: 0, output: 150, thoughts: 0 };

test.each([
  ["text, image and output have a price each", tokens, 300 * 3e-7 + 1_000 * 4e-7 + 150 * 2.5e-6],
  [
    "thoughts are a part of the output",
    { ...tokens, thoughts: 50 },
    300 * 3e-7 + 1_000 * 4e-7 + 100 * 2.5e-6 + 50 * 3e-6,
  ],
  [
    "cached tokens are a part of the input, of its text first",
    { ...tokens, cached: 200 },
    100 * 3e-7 + 200 * 3e-8 + 1_000 * 4e-7 + 150 * 2.5e-6,
  ],
  ["and then of its images", { ...tokens, cached: 400 }, 300 * 3e-8 + 900 * 4e-7 + 100 * 3e-8 + 150 * 2.5e-6],
])("%s", (_, usage, usd) => {
  expect(costOf(price, usage)).toBeCloseTo(usd, 12);
});

test("where the price of cached tokens is not known they cost what others do, never nothing", () => {
  expect(costOf({ ...price, cached: null }, { ...tokens, cached: 400 })).toBeCloseTo(costOf(price, tokens), 12);
});
