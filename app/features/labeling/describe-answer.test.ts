import { expect, test } from "vitest";
import { describeIssues, describeReason, explainAnswer } from "./describe-answer";
import { answerSchema } from "./prompts/answer-schema";

const schema = answerSchema({
  tone: { values: ["warm", "cool"] },
  ageRange: { values: ["20s", "30s"], estimate: "years" },
});
const good = { tone: { value: "warm", confidence: 0.9 }, ageRange: { value: "30s", confidence: 0.4, years: 33.5 } };

test.each([
  [
    { ...good, ageRange: { value: "hard to say", confidence: "low" } },
    "age range is not one of the listed values; its confidence is no number; its years are missing.",
  ],
  [{ ...good, tone: { value: "warm", confidence: 90 } }, "tone’s confidence is not from 0 to 1."],
  [{ ageRange: { ...good.ageRange, years: 400 } }, "tone is missing. age range’s years are not from 0 to 120."],
  [{ ...good, ageRange: { ...good.ageRange, years: "about 30" } }, "age range’s years are no number."],
  [{ ...good, tone: {} }, "tone has no value; its confidence is missing."],
  [{ ...good, mood: {} }, "the answer has “mood”, which was not asked for."],
  [[], "the answer is not an object."],
])("%j", (answer, words) => {
  const { error } = schema.safeParse(answer);
  expect(describeIssues(error?.issues ?? [])).toBe(`The answer breaks the schema: ${words}`);
});

test.each([
  ["IMAGE_SAFETY", null, "it judged the image or its own answer unsafe (IMAGE_SAFETY)"],
  ["PROHIBITED_CONTENT", " ", "it considers the image prohibited content (PROHIBITED_CONTENT)"],
  [
    "SPII",
    "The answer named a\nperson.",
    "its answer might have revealed sensitive personal information (SPII): “The answer named a person”",
  ],
  ["SOMETHING_NEW", null, "it says SOMETHING_NEW"],
])("the reason %s, with %j said, reads: %s", (code, said, words) => {
  expect(describeReason(code, said)).toBe(words);
});

test("says why an answer is no label", () => {
  expect(explainAnswer({ kind: "unanswered", reason: null, said: null })).toBe("Gemini’s answer was empty.");
  expect(explainAnswer({ kind: "unanswered", reason: "OTHER", said: null })).toBe(
    "Gemini gave no answer: it gave no reason (OTHER).",
  );
  expect(explainAnswer({ kind: "truncated", byThoughts: true })).toMatch(/^The model’s thoughts used up all tokens/);
});
