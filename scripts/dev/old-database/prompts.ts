import { ago } from "./add-run";
import type { Insert } from "./insert";
import type { OldImage } from "./old-images";
import { sha256 } from "./pictures";

const attributes = {
  angle: { values: ["front", "three-quarter", "profile", "back"] },
  tone: { values: ["warm", "neutral", "cool"] },
  expression: { values: ["neutral", "smiling", "serious", "other"] },
  hairLength: { values: ["short", "medium", "long", "covered"] },
  wardrobe: { values: ["casual", "formal", "sport", "other"] },
  ageRange: { values: ["child", "teen", "20s", "30s", "40s", "50s", "60s", "70+"], estimate: "years" },
};
export const MODEL = "gemini-2.5-flash";
const settings = { model: MODEL, temperature: 0, maxOutputTokens: 1024, thinkingBudget: 0, imageEdge: 768 };
const PROMPTS = [
  "You label reference photos of an AI image studio.\n\nLook at the last picture and describe the persona.",
  "You label reference photos of an AI image studio.\n\nJudge only what the last picture shows.",
];

/**
 * Two versions of the prompt, with three examples.
 * @returns the hash of each
 */
export function addPrompts(insert: Insert, known: Map<number, OldImage>): string[] {
  const examples = [
    { id: 8, labels: { angle: "front", tone: "warm" } },
    { id: 11, labels: { angle: "profile", tone: "neutral" } },
    { id: 14, labels: { angle: "three-quarter", tone: "warm" } },
  ].map(({ id, labels }) => {
    const image = known.get(id);
    return { key: image?.key ?? "", etag: image?.picture.etag ?? "", labels };
  });
  return PROMPTS.map((instructions, n) => {
    // As that build hashed what a model sees.
    const { model, temperature, maxOutputTokens, thinkingBudget, imageEdge } = settings;
    const content = JSON.stringify([
      instructions,
      Object.entries(attributes).map(([name, of]) => [name, of.values, "estimate" in of ? of.estimate : null]),
      [model, temperature, maxOutputTokens, thinkingBudget, imageEdge],
      examples.map(({ key, etag, labels }) => [key, etag, Object.entries(labels)]),
    ]);
    const hash = sha256(content);
    insert("PromptVersion", {
      name: "Personas",
      version: n + 1,
      hash,
      instructions,
      attributes: JSON.stringify(attributes),
      settings: JSON.stringify(settings),
      examples: JSON.stringify(examples),
      createdAt: ago(3_000 - n),
    });
    return hash;
  });
}

/** The values of an image, which its number gives. */
export const valuesOf = ({ id }: OldImage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { values }], n) => [name, values[(id + n) % values.length] ?? ""]),
  );

export const CONFIDENCE = 0.9;
export const YEARS = 37;

/** As a model answers. */
export const answerOf = (image: OldImage) =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(valuesOf(image)).map(([name, value]) => [
        name,
        { value, confidence: CONFIDENCE, ...(name === "ageRange" && { years: YEARS }) },
      ]),
    ),
    null,
    1,
  );
