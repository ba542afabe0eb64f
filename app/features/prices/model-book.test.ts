import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadModels } from "./load-models.server";
import { imageTokensAt, leastThinking, requireAskable } from "./model-book";

const book = await loadModels({ modelsFile: undefined });
const november = new Date("2026-11-29T12:00:00Z");

describe("factsOf", () => {
  test.each([
    ["gemini-2.5-flash", 0.3],
    ["gemini-2.5-flash-lite", 0.1],
    ["gemini-2.5-flash-lite-preview-09-2025", 0.1],
    ["gemini-2.5-flash-preview-09-2025", 0.3],
    ["gemini-2.5-pro", 1.25],
    ["gemini-3.5-flash-lite-001", 0.3],
  ])("%s costs $%d a million input tokens", (model, usd) => {
    expect((book.factsOf(model, november).price?.input.text ?? 0) * 1e6).toBeCloseTo(usd, 10);
  });

  test.each([
    "gemini-2.5",
    "gemini-2.5-flashy",
    "gemini-2.5-flash-image",
    "gemini-2.5-flash-preview-tts",
    "gemini-flash-latest",
    "gemini-9-ultra",
    "",
  ])("of “%s” nothing is known, its price least of all", (model) => {
    expect(book.factsOf(model, november)).toMatchObject({ isListed: false, price: null, imageTokens: null });
  });

  test.each([
    ["gemini-4-argon", "2026-11-30T23:59:59.999Z", 2, 10],
    ["gemini-4-argon", "2026-12-01T00:00:00Z", 4, 20],
    ["gemini-3.8-flash", "2026-12-31T23:59:59Z", 0.75, 3.75],
    ["gemini-3.8-flash", "2027-01-01T00:00:00Z", 1.5, 7.5],
  ])("%s costs at %s what holds then: $%d in, $%d out", (model, at, input, output) => {
    const { price } = book.factsOf(model, new Date(at));
    expect([(price?.input.text ?? 0) * 1e6, (price?.output ?? 0) * 1e6]).toEqual([
      expect.closeTo(input, 9),
      expect.closeTo(output, 9),
    ]);
  });

  test("before its first price a model has none", () => {
    expect(book.factsOf("gemini-3.8-flash", new Date("2026-09-01")).price).toBeNull();
  });
});

describe("requireAskable", () => {
  const ask = (model: string, more: Partial<Parameters<typeof requireAskable>[1]> = {}) =>
    requireAskable(book, { model, at: november, listedByApi: null, isBudgeted: true, ...more });

  test("a model may be asked up to its last day, and is then refused with the one to choose instead", () => {
    expect(ask("gemini-2.5-flash", { at: new Date("2026-11-30T23:59:59Z") }).isListed).toBe(true);
    expect(() => ask("gemini-2.5-flash", { at: new Date("2026-12-01T00:00:00Z") })).toThrow(
      "“gemini-2.5-flash” is no longer served since December 1, 2026. Choose gemini-3.5-flash-lite, in GEMINI_MODEL or in the prompt.",
    );
  });

  test("what is chosen instead must be listed by the API and current itself", () => {
    const at = new Date("2026-12-01T00:00:00Z");
    expect(() => ask("gemini-2.5-flash", { at, listedByApi: ["gemini-2.5-flash", "gemini-3.8-flash"] })).toThrow(
      "Choose one of gemini-3.8-flash, in GEMINI_MODEL",
    );
  });

  test("a model that the API does not list is refused", () => {
    expect(() => ask("gemini-3.5-flash-lite", { listedByApi: ["gemini-3.8-flash", "gemini-3.7-flash"] })).toThrow(
      "Gemini does not list “gemini-3.5-flash-lite”, so it would answer no call. Choose one of gemini-3.8-flash, gemini-3.7-flash, in",
    );
  });

  test("an unknown price stops a run with a budget only", () => {
    expect(() => ask("gemini-9-ultra")).toThrow(
      /^The price of “gemini-9-ultra” is not known, so no budget could hold\. Choose one of gemini-3\.8-flash, .* MODELS_FILE names, or start without a budget\.$/,
    );
    expect(ask("gemini-9-ultra", { isBudgeted: false }).price).toBeNull();
  });
});

test.each([
  ["gemini-2.5-flash-001", { thinkingBudget: 0, maxOutputTokens: 1_024 }],
  ["gemini-2.5-pro", { thinkingBudget: 128, maxOutputTokens: 2_048 }],
  ["gemini-3.5-flash-lite", { thinkingLevel: "minimal", maxOutputTokens: 2_048 }],
  ["gemini-3.7-flash", { thinkingLevel: "low", maxOutputTokens: 2_048 }],
  ["gemini-9-ultra", { maxOutputTokens: 2_048 }],
])("%s is told to think as little as it can, with room for thoughts and answer", (model, settings) => {
  expect(leastThinking(book.factsOf(model, november))).toEqual(settings);
});

test.each([
  ["gemini-3.5-flash-lite", "low", 280],
  ["gemini-3.5-flash-lite", undefined, 1_120],
  ["gemini-2.5-flash", "low", null],
  ["gemini-9-ultra", "low", null],
] as const)("a picture counts for %s at resolution %s: %s tokens", (model, resolution, tokens) => {
  expect(imageTokensAt(book.factsOf(model, november), resolution)).toBe(tokens);
});

test("a file of the environment comes before the release's, model by model, and is read again when it changes", async () => {
  const file = join(tmpdir(), `models-${process.pid}.json`);
  const write = (output: number) =>
    writeFileSync(
      file,
      JSON.stringify({
        asOf: "2026-11-29",
        models: {
          "gemini-9-ultra": {
            released: null,
            ends: null,
            instead: null,
            parameters: [],
            thinking: null,
            imageTokens: null,
            limits: { requestsPerMinute: 600, tokensPerMinute: null, requestsPerDay: null },
            sources: { limits: "our project’s page in AI Studio" },
            prices: [
              {
                from: "2026-11-01",
                input: { text: 5, image: 5 },
                cached: null,
                output,
                thoughts: output,
                source: "a contract",
              },
            ],
          },
        },
      }),
    );
  write(25);
  const read = async () => (await loadModels({ modelsFile: file })).factsOf("gemini-9-ultra", november);
  expect(await read()).toMatchObject({ price: { output: 25e-6 }, limits: { requestsPerMinute: 600 } });
  write(125);
  expect(await read()).toMatchObject({ price: { output: 125e-6 } });
  expect((await loadModels({ modelsFile: file })).factsOf("gemini-3.5-flash", november).isListed).toBe(true);
  writeFileSync(file, "{");
  await expect(read()).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("is not JSON") });
});
