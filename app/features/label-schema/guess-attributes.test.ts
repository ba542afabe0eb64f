import { expect, test } from "vitest";
import { guessAttributes } from "./guess-attributes";
import { labelSchema } from "./label-schema";

const schema = labelSchema.parse({
  attributes: {
    angle: { values: ["front", "three-quarter", "profile"], aliases: { side: "profile", "3q": "three-quarter" } },
    tone: { values: ["warm", "cool"] },
  },
  roots: [{ name: "Model", prefix: "references/01. Model/", group: "{angle}_{tone}" }],
});
const [root] = schema.roots;

test.each([
  ["side view??", { angle: "profile" }],
  ["front_purple", { angle: "front" }],
  ["Three Quarter, warm (old)", { angle: "three-quarter", tone: "warm" }],
  ["01. 3Q", { angle: "three-quarter" }],
  // Two values of one attribute: which is meant, no one knows.
  ["front or profile, cool", { tone: "cool" }],
  // Two spellings of one value.
  ["side profile", { angle: "profile" }],
  ["frontal", {}],
  ["정면", {}],
  ["", {}],
])("“%s” seems to say %o", (name, attributes) => {
  if (!root) throw new Error("The schema has a root.");
  expect(guessAttributes(name, root, schema)).toEqual(attributes);
});
