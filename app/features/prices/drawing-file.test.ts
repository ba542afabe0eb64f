import { expect, test } from "vitest";
import { drawingModels } from "./drawing-file";

const price = {
  from: "2026-01-01",
  input: { text: 1, image: 1 },
  output: 2,
  picture: 30,
  source: "a page",
};
const model = {
  released: null,
  ends: null,
  instead: null,
  sizes: { "1K": 1_120 },
  takesSize: true,
  aspectRatios: ["3:4"],
  mostPictures: null,
  pictureTokens: null,
  thinkingLevels: null,
  sources: { sizes: "a page", aspectRatios: "a page" },
  prices: [price],
};

test.each([
  ["a picture of no price", { prices: [{ ...price, picture: 0 }] }, "must be more than 0; null stands for a price"],
  ["a price without a source", { prices: [{ ...price, source: "" }] }, "prices.0.source"],
  ["two prices from one day", { prices: [price, price] }, "must be later than the price before it"],
  ["a size of no tokens", { sizes: { "1K": 0 } }, "sizes.1K"],
  ["no size", { sizes: {} }, "must name at least one"],
  ["a ratio that is none", { aspectRatios: ["wide"] }, "must be a ratio such as 3:4"],
  ["tokens of a picture without a source", { pictureTokens: 560 }, "sources.pictureTokens"],
  ["an end without what to choose instead", { ends: "2026-12-01" }, "must name a model"],
  ["something instead that is not listed", { instead: "two" }, "is not in the file"],
  ["a setting that nobody reads", { quality: "high" }, "quality"],
])("%s is refused", (_, changes, problem) => {
  const { error } = drawingModels.safeParse({ one: { ...model, ...changes } });
  expect(error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n")).toContain(problem);
  expect(drawingModels.safeParse({ one: model }).error).toBeUndefined();
});
