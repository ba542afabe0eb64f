import { expect, test } from "vitest";
import { answerSchema } from "./answer-schema";
import { describeIssues, describeRefusal } from "./describe-answer";

const schema = answerSchema({
  tone: { values: ["warm", "cool"] },
  ageRange: { values: ["20s", "30s"], estimate: "years" },
});
const good = { tone: { value: "warm", confidence: 0.9 }, ageRange: { value: "30s", confidence: 0.4, years: 33.5 } };

test.each([
  [
    { ...good, ageRange: { value: "hard to say", confidence: "low" } },
    "ageRange is not one of the listed values; its confidence is no number; its years are missing.",
  ],
  [{ ...good, tone: { value: "warm", confidence: 90 } }, "tone’s confidence is not from 0 to 1."],
  [{ ageRange: { ...good.ageRange, years: 400 } }, "tone is missing. ageRange’s years are not from 0 to 120."],
  [{ ...good, tone: {} }, "tone has no value; its confidence is missing."],
  [{ ...good, mood: {} }, "the answer has mood, which nobody asked for."],
  [[], "the answer is no object."],
])("%j", (answer, words) => {
  const { error } = schema.safeParse(answer);
  expect(describeIssues(error?.issues ?? [])).toBe(`The answer breaks the schema: ${words}`);
});

test.each([
  ["IMAGE_SAFETY", "it judged the picture or its own answer unsafe (IMAGE_SAFETY)"],
  ["PROHIBITED_CONTENT", "it takes the picture for prohibited content (PROHIBITED_CONTENT)"],
  ["SOMETHING_NEW", "it says SOMETHING_NEW"],
])("the refusal %s reads: %s", (code, words) => {
  expect(describeRefusal(code)).toBe(words);
});
