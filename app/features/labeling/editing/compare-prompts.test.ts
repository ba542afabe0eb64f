import { expect, test } from "vitest";
import type { PromptContent } from "~/features/labeling/prompts/prompt-content";
import { comparePrompts } from "./compare-prompts";

const content: PromptContent = {
  instructions: "Say how warm the light is.",
  attributes: { tone: { values: ["warm", "cool"] } },
  settings: { model: "gemini-3.5-flash-lite", maxOutputTokens: 1_024, imageEdge: 768 },
  examples: [
    { key: "a.png", etag: "e1", labels: { tone: "warm" } },
    { key: "b.png", etag: "e2", labels: {} },
  ],
};
const [first, second] = content.examples;

const none = { instructions: [], attributes: [], settings: [], examples: [], isReordered: false };

test.each<[string, Partial<PromptContent>, object]>([
  ["nothing", {}, {}],
  [
    "words of the instructions",
    { instructions: "Say how cold the light is." },
    {
      instructions: [
        { text: "Say how ", side: "both" },
        { text: "warm", side: "before" },
        { text: "cold", side: "after" },
        { text: " the light is.", side: "both" },
      ],
    },
  ],
  [
    "values of an attribute, and another one",
    { attributes: { tone: { values: ["warm"] }, age: { values: ["20s"], estimate: "years" } } },
    {
      attributes: [
        { name: "tone", before: "warm · cool", after: "warm" },
        { name: "age", before: null, after: "20s and a number of years" },
      ],
    },
  ],
  [
    "settings",
    { settings: { model: "gemini-3.5-flash-lite", maxOutputTokens: 1_024, imageEdge: 512, thinkingLevel: "low" } },
    {
      settings: [
        { name: "imageEdge", before: "768", after: "512" },
        { name: "thinkingLevel", before: null, after: "low" },
      ],
    },
  ],
  [
    "examples",
    { examples: first ? [{ ...first, labels: { tone: "cool" } }] : [] },
    {
      examples: [
        { name: "a.png", before: "tone warm, ETag e1", after: "tone cool, ETag e1" },
        { name: "b.png", before: "ETag e2", after: null },
      ],
    },
  ],
  ["the order of examples", { examples: first && second ? [second, first] : [] }, { isReordered: true }],
])("tells %s", (_what, change, difference) => {
  expect(comparePrompts(content, { ...content, ...change })).toEqual({ ...none, ...difference });
});

test("shows texts that have nothing in common as a whole", () => {
  const words = (stem: string) => Array.from({ length: 5_000 }, (_, at) => `${stem}${at}`).join(" ");
  const { instructions } = comparePrompts(
    { ...content, instructions: words("a") },
    { ...content, instructions: words("b") },
  );
  expect(instructions.map(({ side }) => side)).toEqual(["before", "after"]);
});
