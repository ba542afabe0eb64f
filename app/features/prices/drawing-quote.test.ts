import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openTestFolder } from "../../../tests/support/folder";
import { openTestGemini } from "../../../tests/support/gemini";
import { costOfDrawing } from "./drawing-book";
import { drawingSettings, explainUndrawable, quoteDrawing } from "./drawing-quote";
import { loadDrawingModels } from "./load-drawing-models.server";

const at = new Date("2026-12-01T00:00:00Z");
const book = await loadDrawingModels({ modelsFile: undefined });
const facts = (model: string) => book.factsOf(model, at);

describe("quoteDrawing", () => {
  test.each([
    // 40 × $1.50/M, 1,120 × $30/M
    ["gemini-nano-banana-2.1", "1K", 0, 0.00006 + 0.0336],
    ["gemini-nano-banana-2.1", "2K", 0, 0.00006 + 0.0504],
    // 3 × 1,120 × $1.50/M
    ["gemini-nano-banana-2.1", "4K", 3, 0.00006 + 0.00504 + 0.1134],
    // 40 × $0.25/M, 2 × 1,120 × $0.25/M, 1,120 × $30/M
    ["gemini-3.1-flash-lite-image", "1K", 2, 0.00001 + 0.00056 + 0.0336],
    // 40 × $2/M, 560 × $2/M, 1,120 and 2,000 × $120/M
    ["gemini-3-pro-image", "2K", 1, 0.00008 + 0.00112 + 0.1344],
    ["gemini-3-pro-image", "4K", 1, 0.00008 + 0.00112 + 0.24],
  ])("%s draws %s with %i pictures for $%f", (model, size, pictures, usd) => {
    const quoted = quoteDrawing(facts(model), { size, pictures, textTokens: 40 });
    expect(quoted?.usd).toBeCloseTo(usd, 9);
    const room = 4_096 * (facts(model).price?.output ?? Number.NaN);
    expect(quoted?.mostUsd).toBeCloseTo(usd + room, 9);
  });

  test("is null, and not free, where a price, the tokens of a size or those of the pictures are not known", () => {
    const asked = { size: "1K", pictures: 1, textTokens: 40 };
    const known = facts("gemini-3-pro-image");
    expect(quoteDrawing({ ...known, price: null }, asked)).toBeNull();
    expect(quoteDrawing({ ...known, pictureTokens: null }, asked)).toBeNull();
    expect(quoteDrawing({ ...known, pictureTokens: null }, { ...asked, pictures: 0 })).not.toBeNull();
    expect(quoteDrawing({ ...known, sizes: { "1K": null } }, asked)).toBeNull();
    expect(quoteDrawing(known, { ...asked, size: "8K" })).toBeNull();
    expect(quoteDrawing(facts("gemini-9-image"), asked)).toBeNull();
    expect(quoteDrawing(book.factsOf("gemini-nano-banana-2.1", new Date("2026-10-01")), asked)).toBeNull();
  });

  test("what the local Gemini bills for a drawing lies between what was quoted and the most of it", async () => {
    const { model } = await openTestGemini();
    for (const name of book.current(at)) {
      const known = facts(name);
      const settings = drawingSettings(known, { size: "1K", aspectRatio: "1:1" });
      const result = await model.draw({ model: name, instruction: "a red cup", ...settings });
      if (result.kind !== "drawn" || !result.usage || !known.price) throw new Error(JSON.stringify(result));
      const quoted = quoteDrawing(known, { size: "1K", pictures: 0, textTokens: result.usage.text });
      const usd = costOfDrawing(known.price, result.usage);
      expect({ name, usd }).toMatchObject({ name, usd: expect.any(Number) });
      expect(usd).toBeGreaterThanOrEqual(quoted?.usd ?? Number.NaN);
      expect(usd).toBeLessThanOrEqual(quoted?.mostUsd ?? Number.NaN);
    }
  });
});

test("models that draw are listed, the newest first, and a dated name is the same model", () => {
  expect(book.current(at)).toEqual(["gemini-nano-banana-2.1", "gemini-3.1-flash-lite-image", "gemini-3-pro-image"]);
  expect(facts("gemini-3-pro-image-preview").isListed).toBe(true);
  expect(facts("gemini-3-pro").isListed).toBe(false);
});

test("another file comes before ours, model by model", async () => {
  const file = join(openTestFolder(), "models.json");
  const own = {
    released: null,
    ends: null,
    instead: null,
    sizes: { "1K": 1_120 },
    takesSize: true,
    aspectRatios: ["3:4"],
    mostPictures: 6,
    pictureTokens: 560,
    thinkingLevels: null,
    sources: {
      sizes: "a contract",
      aspectRatios: "a contract",
      mostPictures: "a contract",
      pictureTokens: "a contract",
    },
    prices: [{ from: "2026-01-01", input: { text: 1, image: 1 }, output: 6, picture: 60, source: "a contract" }],
  };
  writeFileSync(file, JSON.stringify({ asOf: "2026-12-01", models: {}, drawing: { "gemini-3-pro-image": own } }));
  const other = await loadDrawingModels({ modelsFile: file });
  expect(other.factsOf("gemini-3-pro-image", at)).toMatchObject({ mostPictures: 6, price: { picture: 60e-6 } });
  expect(other.factsOf("gemini-nano-banana-2.1", at)).toEqual(facts("gemini-nano-banana-2.1"));
});

test.each([
  ["gemini-9-image", {}, "“gemini-9-image” is in no list of models that draw."],
  ["gemini-nano-banana-2.1", { size: "512" }, "does not draw pictures of size “512”. Choose 1K, 2K, 4K."],
  ["gemini-3-pro-image", { aspectRatio: "1:8" }, "does not draw pictures of “1:8”. Choose 1:1, 2:3,"],
  ["gemini-3-pro-image", { pictures: 16 }, "is shown at most 14 pictures; these are 16. Take 2 away."],
])("%s with %o is not drawn, and it is said what to choose", (model, more, said) => {
  const asked = { size: "1K", aspectRatio: "3:4", pictures: 2, textTokens: 40 };
  expect(explainUndrawable(facts(model), { ...asked, ...more })).toContain(said);
  expect(explainUndrawable(facts("gemini-3-pro-image"), asked)).toBeNull();
});

test("a model that draws in one size is not told it", () => {
  const form = { size: "1K", aspectRatio: null };
  expect(drawingSettings(facts("gemini-3.1-flash-lite-image"), form)).toEqual({ maxOutputTokens: 5_216 });
  expect(drawingSettings(facts("gemini-3-pro-image"), { ...form, aspectRatio: "3:4" })).toEqual({
    aspectRatio: "3:4",
    imageSize: "1K",
    maxOutputTokens: 5_216,
  });
});
