import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readAnswer } from "./read-answer";

const schema = z.strictObject({
  tone: z.strictObject({ value: z.enum(["warm", "cool", "70+"]), confidence: z.number().min(0).max(1) }),
  size: z.strictObject({ value: z.enum(["XL", "xl", "S"]) }).optional(),
});
const good = { tone: { value: "warm", confidence: 0.9 } };
const json = JSON.stringify(good);

describe("what leaves no doubt is read, and said to be mended", () => {
  test.each([
    ["nothing to mend", json, []],
    ["space around it", `\n ${json}\n`, []],
    ["one code fence", `\`\`\`json\n${json}\n\`\`\``, ["fence"]],
    ["a fence without a language", `\`\`\`\n${JSON.stringify(good, null, 2)}\n\`\`\`\n`, ["fence"]],
    ["the same object twice", `${json}${json}`, ["doubled"]],
    ["twice, indented in another way", `${json}\n\n${JSON.stringify(good, null, 2)}`, ["doubled"]],
    ["twice within a fence", `\`\`\`json\n${json}\n${json}\n\`\`\``, ["fence", "doubled"]],
    ["words before a fence", `Here is the JSON requested:\n\`\`\`json\n${json}\n\`\`\``, ["fence", "wrapped"]],
    ["a closing sentence", `\`\`\`json\n${json}\n\`\`\`\nLet me know if that helps!`, ["fence", "wrapped"]],
    ["words before it, with quotation marks", `Here "you are: ${json}`, ["wrapped"]],
    ["a fence on one line", `\`\`\`json ${json} \`\`\``, ["fence"]],
    ["the language of a fence that is missing", `json\n${json}`, ["wrapped"]],
    ["the end of a fence alone", `${json}\n\`\`\``, ["fence"]],
    ["the same in two fences", `\`\`\`json\n${json}\n\`\`\`\n\`\`\`json\n${json}\n\`\`\``, ["fence", "doubled"]],
    ["the same object three times", json.repeat(3), ["doubled"]],
    ["a list of one", `[${json}]`, ["wrapped"]],
    ["the same object 5,000 times, 200 kB of it", json.repeat(5_000), ["doubled"]],
    ["JSON within a JSON string", JSON.stringify(json), ["quoted"]],
    ["a number as text", '{"tone":{"value":"warm","confidence":"0.9"}}', ["number"]],
    ["a number with space around it", '{"tone":{"value":"warm","confidence":" 0.9 "}}', ["space", "number"]],
    ["a number without its 0", '{"tone":{"value":"warm","confidence":".9"}}', ["number"]],
    ["a value with space around it", '{"tone":{"value":" warm ","confidence":0.9}}', ["space"]],
    ["space and another case", '{"tone":{"value":" Warm","confidence":0.9}}', ["space", "case"]],
    ["another case", '{"tone":{"value":"Warm","confidence":0.9}}', ["case"]],
    ["both", '{"tone":{"value":"WARM","confidence":"0.9"}}', ["case", "number"]],
  ])("%s", (_, text, mended) => {
    expect(readAnswer(text, schema)).toEqual({ kind: "labelled", answer: good, mended });
  });
});

describe("nothing is guessed", () => {
  test.each([
    ["two objects that differ", `${json}{"tone":{"value":"cool","confidence":0.9}}`],
    ["an object and one that breaks off", `${json}${json.slice(0, -3)}`],
    ["an object beside another one", `{"thought":"a warm face"}${json}`],
    ["two in a list", `[${json},{"tone":{"value":"cool","confidence":0.9}}]`],
    ["a string within a string", JSON.stringify(JSON.stringify(json))],
    ["an object that breaks off", json.slice(0, -3)],
    ["200 kB of repetition within a value", `{"tone":{"value":"warm${" warm".repeat(40_000)}"}}`],
    ["200 kB of repetition that does not end", `{"tone":{"value":"warm${" warm".repeat(40_000)}`],
    ["200 kB of braces", "{".repeat(200_000)],
    ["a number in words", '{"tone":{"value":"warm","confidence":"about 0.9"}}'],
    ["a number with a unit", '{"tone":{"value":"warm","confidence":"90%"}}'],
    ["a decimal comma", '{"tone":{"value":"warm","confidence":"0,9"}}'],
    ["a number as text out of its range", '{"tone":{"value":"warm","confidence":"90"}}'],
    ["a hexadecimal number", '{"tone":{"value":"warm","confidence":"0x1"}}'],
    ["no number", '{"tone":{"value":"warm","confidence":""}}'],
    ["a value that is not listed", '{"tone":{"value":"warmish","confidence":0.9}}'],
    ["two listed values of that spelling", `{"tone":{"value":"warm","confidence":0.9},"size":{"value":"Xl"}}`],
    ["an attribute in another case", '{"Tone":{"value":"warm","confidence":0.9}}'],
    ["no object", "null"],
  ])("%s", (_, text) => {
    expect(readAnswer(text, schema)).toMatchObject({ kind: "invalid" });
  });
});

test("a list with an answer for each example before the image's is read, and said to be", () => {
  const cool = { tone: { value: "cool" as const, confidence: 1 } };
  const text = `[${JSON.stringify(cool)},${json}]`;
  expect(readAnswer(text, schema, [cool])).toEqual({ kind: "labelled", answer: good, mended: ["wrapped", "listed"] });
  expect(readAnswer(text, schema, [])).toEqual({
    kind: "invalid",
    problem: "The answer holds 2 objects that differ, and nothing tells which is about this image.",
    issues: [],
  });
  const broken = `[${JSON.stringify(cool)},{"tone":"warm"}]`;
  expect(readAnswer(broken, schema, [cool])).toMatchObject({
    kind: "invalid",
    problem: "The answer breaks the schema.",
  });
});

describe("an attribute that is answered twice is not read", () => {
  const [warm, cool] = ['"tone":{"value":"warm","confidence":0.9}', '"tone":{"value":"cool","confidence":0.1}'];
  test.each([
    ["with two values", `{${warm},${cool}}`],
    ["by another spelling of its name", `{${warm},"\\u0074one":{"value":"cool","confidence":0.1}}`],
    ["within an attribute", '{"tone":{"value":"warm","value":"cool","confidence":0.9}}'],
    ["within a string", JSON.stringify(`{${warm},${cool}}`)],
  ])("%s", (_, text) => {
    expect(readAnswer(text, schema)).toEqual({
      kind: "invalid",
      problem: "The answer gives one name twice.",
      issues: [],
    });
  });
});

test("marks within strings do not end an object or make a name", () => {
  const anything = z.record(z.string(), z.string());
  const text = '{"a":"} \\"b\\": {","c":"\\\\"}';
  expect(readAnswer(`Look: ${text}`, anything)).toEqual({
    kind: "labelled",
    answer: { a: '} "b": {', c: "\\" },
    mended: ["wrapped"],
  });
});
