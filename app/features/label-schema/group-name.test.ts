import { describe, expect, test } from "vitest";
import { growthAtFourTimes } from "../../../tests/support/growth";
import { readGroupName } from "./group-name";
import { allCombinations, canonicalGroupName, labelSchema } from "./label-schema";

const schema = labelSchema.parse({
  attributes: {
    angle: {
      values: ["front", "three-quarter", "profile", "back"],
      aliases: { side: "profile", "3q": "three-quarter", 정면: "front" },
    },
    tone: { values: ["warm", "neutral", "cool"], aliases: { café: "warm", "🔥": "warm", "👩‍🎨": "neutral" } },
    expression: { values: ["neutral", "smiling"] },
    ageRange: { values: ["child", "20s", "70+"] },
  },
  roots: [
    { name: "Model", prefix: "references/01. Model/", group: "{angle}_{tone}" },
    { name: "Mood", prefix: "references/02. Mood/", group: "{tone}-{expression}" },
    { name: "Age", prefix: "references/03. Age/", group: "{ageRange}" },
  ],
});
const [model, mood, age] = schema.roots;
if (!model || !mood || !age) throw new Error("three roots");

const long = "x".repeat(200);

describe("a folder name of the root {angle}_{tone}", () => {
  test.each([
    ["front_warm", "front", "warm"],
    ["Front_WARM", "front", "warm"],
    ["warm_front", "front", "warm"],
    ["front-warm", "front", "warm"],
    ["front warm", "front", "warm"],
    ["front__warm", "front", "warm"],
    ["front_-_warm", "front", "warm"],
    ["  front_warm", "front", "warm"],
    ["front_warm\t", "front", "warm"],
    ["_front_warm_", "front", "warm"],
    ["front\u3000warm", "front", "warm"],
    ["01. front_warm", "front", "warm"],
    ["7.front_warm", "front", "warm"],
    ["  012. Warm Front", "front", "warm"],
    ["three-quarter_cool", "three-quarter", "cool"],
    ["three_quarter_cool", "three-quarter", "cool"],
    ["cool three quarter", "three-quarter", "cool"],
    ["Three-Quarter-Cool", "three-quarter", "cool"],
    ["3q_neutral", "three-quarter", "neutral"],
    ["03. 3Q_neutral", "three-quarter", "neutral"],
    ["side_cool", "profile", "cool"],
    ["정면_warm", "front", "warm"],
    ["정면_warm".normalize("NFD"), "front", "warm"],
    ["front_CAFÉ".normalize("NFD"), "front", "warm"],
    ["front_🔥", "front", "warm"],
    ["back_👩‍🎨", "back", "neutral"],
    ["🔥_정면", "front", "warm"],
    [" 정면 🔥".normalize("NFD"), "front", "warm"],
    ["01.정면_cool", "front", "cool"],
    [`${" ".repeat(190)}front_warm`, "front", "warm"],
  ])("%j says %s, %s", (name, angle, tone) => {
    expect(readGroupName(name, model, schema)).toEqual({ attributes: { angle, tone } });
  });

  test.each([
    ["side view??", "unreadable-name", "no angle called “side view??”"],
    ["", "unreadable-name", "the name is empty"],
    ["   ", "unreadable-name", "the name is empty"],
    ["_-_", "unreadable-name", "the name is empty"],
    ["01. ", "unreadable-name", "the name is empty"],
    ["..", "unreadable-name", "no angle called “..”"],
    [".", "unreadable-name", "no angle called “.”"],
    ["..front_warm", "unknown-value", "no angle called “..front”"],
    ["front.warm", "unreadable-name", "no angle called “front.warm”"],
    ["front\\warm", "unreadable-name", "no angle called “front\\warm”"],
    ["front", "unreadable-name", "no tone given"],
    ["warm", "unreadable-name", "no angle given"],
    ["front_purple", "unknown-value", "no tone called “purple”"],
    ["purple_front", "unknown-value", "no tone called “purple”"],
    ["front-purple", "unknown-value", "no tone called “purple”"],
    ["three-quarter_purple", "unknown-value", "no tone called “purple”"],
    ["three-quarters_warm", "unknown-value", "no angle called “three-quarters”"],
    ["front warm_extra", "unreadable-name", "no angle called “front warm” and no tone called “extra”"],
    ["front-warm-extra", "unreadable-name", "“extra” is not an angle or a tone"],
    ["frontal_warm", "unknown-value", "no angle called “frontal”"],
    ["foo_bar", "unreadable-name", "no angle called “foo” and no tone called “bar”"],
    ["front_back_warm", "unreadable-name", "two values for angle, “front” and “back”"],
    ["front_warm_warm", "unreadable-name", "two values for tone, “warm” and “warm”"],
    ["front_warm_copy", "unreadable-name", "“copy” is not an angle or a tone"],
    ["front_warm (2)", "unknown-value", "no tone called “warm (2)”"],
    ["01.02. front_warm", "unknown-value", "no angle called “02. front”"],
    ["측면_warm", "unknown-value", "no angle called “측면”"],
    ["정면_따뜻함".normalize("NFD"), "unknown-value", "no tone called “따뜻함”"],
    ["가".repeat(200).normalize("NFD"), "unreadable-name", `no angle called “${"가".repeat(60)}…”`],
    ["🔥".repeat(100), "unreadable-name", `no angle called “${"🔥".repeat(60)}…”`],
    ["front_🧊", "unknown-value", "no tone called “🧊”"],
    ["ｆｒｏｎｔ_warm", "unknown-value", "no angle called “ｆｒｏｎｔ”"],
    ["front_warm\u200b", "unknown-value", "no tone called “warm<U+200B>”"],
    [long, "unreadable-name", `no angle called “${"x".repeat(60)}…”`],
    [`front_${long}`, "unknown-value", `no tone called “${"x".repeat(60)}…”`],
    ["{angle}_{tone}", "unreadable-name", "no angle called “{angle}” and no tone called “{tone}”"],
    ["__proto___warm", "unknown-value", "no angle called “proto”"],
    ["constructor_warm", "unknown-value", "no angle called “constructor”"],
  ])("%j cannot be read", (name, reason, complaint) => {
    expect(readGroupName(name, model, schema)).toEqual({
      attributes: null,
      reason,
      problem: `not “angle_tone”: ${complaint}`,
    });
  });

  test("each combination by its canonical name, whatever the root", () => {
    for (const root of schema.roots) {
      for (const attributes of allCombinations(schema, root)) {
        expect(readGroupName(canonicalGroupName(root, attributes), root, schema)).toEqual({ attributes });
      }
    }
  });
});

describe("a value that two attributes share", () => {
  test("goes by the pattern's order", () => {
    const reading = readGroupName("neutral-neutral", mood, schema);
    expect(reading).toEqual({ attributes: { tone: "neutral", expression: "neutral" } });
  });

  test("yields to the other attribute where only that reading uses every word", () => {
    const reading = readGroupName("neutral warm", mood, schema);
    expect(reading).toEqual({ attributes: { tone: "warm", expression: "neutral" } });
  });
});

test.each([
  ["of words that mean nothing", (n: number) => "a_".repeat(n)],
  ["of one value, again and again", (n: number) => "three-quarter_".repeat(n)],
  ["of separators", (n: number) => "_".repeat(2 * n)],
  ["of separators of two kinds", (n: number) => "_ ".repeat(n)],
  ["of separators within", (n: number) => `front${"_ - ".repeat(n)}warmer`],
  ["of one word", (n: number) => "x".repeat(2 * n)],
  ["of a value and another word, by turns", (n: number) => "front a-".repeat(n)],
])("a name %s takes no more time than it is long", (_, name) => {
  const read = (times: number) => readGroupName(name(times), model, schema);
  expect(read(500)).toMatchObject({ attributes: null });
  expect(growthAtFourTimes(2_000, read)).toBeLessThan(10);
});

test("a number that belongs to a value is no numbering", () => {
  expect(readGroupName("20s", age, schema)).toEqual({ attributes: { ageRange: "20s" } });
  expect(readGroupName("02. 70+", age, schema)).toEqual({ attributes: { ageRange: "70+" } });
});
