import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadEnv } from "~/ports/env.server";
import { createModelBook, requireEmbedding } from "./model-book";
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
  const facts = createModelBook(listed).factsOf(GEMINI_MODEL, listed.asOf);
  expect(facts).toMatchObject({ isListed: true, ends: null, price: { input: { image: 0.3e-6 }, output: 2.5e-6 } });
});

test("the release lists the model that makes vectors, with its price by modality", () => {
  const book = createModelBook(listed);
  const facts = requireEmbedding(book, { model: "gemini-embedding-2", at: listed.asOf });
  expect(facts).toMatchObject({
    dimensions: { asked: 768, least: 128, most: 3_072 },
    imageTokens: 258,
    most: { images: 6 },
    price: { input: { text: expect.closeTo(0.2e-6, 12), image: expect.closeTo(0.45e-6, 12) } },
  });
});

const embedding = {
  released: null,
  ends: null,
  instead: null,
  dimensions: { asked: 768, least: 128, most: 3_072 },
  imageTokens: 258,
  most: { contents: 100, images: 6 },
  limits: null,
  sources: { dimensions: "a page", imageTokens: "a page", most: "a page" },
  prices: [{ from: "2026-01-01", text: 0.2, image: 0.45, source: "a page" }],
};
const withEmbedding = (changes: object) => ({
  asOf: "2026-11-29",
  models: {},
  embeddings: { one: { ...embedding, ...changes } },
});

test.each([
  [
    "more dimensions than it takes",
    { dimensions: { asked: 4_096, least: 128, most: 3_072 } },
    "must be from 128 to 3072",
  ],
  ["no dimensions", { dimensions: { asked: 0, least: 0, most: 3_072 } }, "embeddings.one.dimensions.asked"],
  [
    "dimensions without a source",
    { sources: { imageTokens: "a page", most: "a page" } },
    "sources.dimensions: is missing",
  ],
  ["more images than contents", { most: { contents: 5, images: 6 } }, "must not be more than contents"],
  [
    "an image for nothing",
    { prices: [{ ...embedding.prices[0], image: 0 }] },
    "null stands for a price that is not known",
  ],
  ["an output, which there is none of", { prices: [{ ...embedding.prices[0], output: 1 }] }, "prices.0"],
  [
    "two prices from one day",
    { prices: [embedding.prices[0], embedding.prices[0]] },
    "must be later than the price before",
  ],
  ["an end without what to choose instead", { ends: "2026-12-01" }, "must name a model"],
  ["something instead that is not listed", { instead: "two" }, "embeddings.one.instead: is not in the file"],
])("%s of an embedding model is refused", (_, changes, problem) => {
  const { error } = modelFile.safeParse(withEmbedding(changes));
  expect(error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n")).toContain(problem);
  expect(modelFile.safeParse(withEmbedding({})).error).toBeUndefined();
});

test.each([
  [
    "two",
    {},
    "No file says what “two” takes and costs when it makes vectors. Set GEMINI_EMBEDDING_MODEL to one of one,",
  ],
  ["one", { prices: [] }, "The price of “one” is not known, so no budget could hold."],
  [
    "one",
    { ends: "2026-11-01", instead: "one", sources: { ...embedding.sources, ends: "a page" } },
    "“one” is no longer served since November 1, 2026. Choose one in GEMINI_EMBEDDING_MODEL",
  ],
])("no vectors are asked of %s where %j", (model, changes, refusal) => {
  const book = createModelBook(modelFile.parse(withEmbedding(changes)));
  expect(() => requireEmbedding(book, { model, at: new Date("2026-11-29") })).toThrow(refusal);
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
