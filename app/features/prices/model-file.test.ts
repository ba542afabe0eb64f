import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadEnv } from "~/ports/env.server";
import { createModelBook } from "./model-book";
import { modelFile } from "./model-file";

const listed = modelFile.parse(JSON.parse(readFileSync("prices/models.json", "utf8")));

const price = {
  from: "2026-01-01",
  input: { text: 1, image: 1 },
  cached: 0.1,
  output: 2,
  thoughts: 2,
  source: "a page",
};
const model = {
  released: "2026-01-01",
  ends: null,
  instead: null,
  parameters: [],
  thinking: null,
  imageTokens: null,
  limits: null,
  sources: {},
  prices: [price],
};
const withModel = (changes: object) => ({ asOf: "2026-11-29", models: { one: { ...model, ...changes } } });

test("the release's file is usable, and its default model can be asked for as long as no end is announced", () => {
  const { GEMINI_MODEL } = loadEnv({ NODE_ENV: "test" });
  const facts = createModelBook(listed.models).factsOf(GEMINI_MODEL, listed.asOf);
  expect(facts).toMatchObject({ isListed: true, ends: null, price: { input: { image: 0.3e-6 }, output: 2.5e-6 } });
});

test.each([
  [
    "a price of nothing",
    { prices: [{ ...price, output: 0 }] },
    "must be more than 0; null stands for a price that is not known",
  ],
  ["a price without a source", { prices: [{ ...price, source: "" }] }, "prices.0.source"],
  ["a price without thoughts", { prices: [{ ...price, thoughts: undefined }] }, "prices.0.thoughts"],
  ["two prices from one day", { prices: [price, price] }, "must be later than the price before it"],
  ["a day that is none", { prices: [{ ...price, from: "1 Dec" }] }, "must be a day such as 2026-12-01"],
  ["an end without what to choose instead", { ends: "2026-12-01", sources: { ends: "a page" } }, "must name a model"],
  ["something instead that is not listed", { instead: "two" }, "is not in the file"],
  ["image tokens without a source", { imageTokens: "tiles" }, "sources.imageTokens"],
  [
    "limits without a source",
    { limits: { requestsPerMinute: 600, tokensPerMinute: null, requestsPerDay: null } },
    "sources.limits",
  ],
  ["a thinking level that there is none of", { thinking: { levels: ["none"] } }, "thinking"],
  ["a setting that nobody reads", { price: 3 }, "price"],
])("%s is refused", (_, changes, problem) => {
  const { error } = modelFile.safeParse(withModel(changes));
  expect(error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n")).toContain(problem);
  expect(modelFile.safeParse(withModel({})).error).toBeUndefined();
});
