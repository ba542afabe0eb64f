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
    ["JSON within a JSON string", JSON.stringify(json), ["quoted"]],
    ["a number as text", '{"tone":{"value":"warm","confidence":"0.9"}}', ["number"]],
    ["another case", '{"tone":{"value":"Warm","confidence":0.9}}', ["case"]],
    ["both", '{"tone":{"value":"WARM","confidence":"0.9"}}', ["case", "number"]],
  ])("%s", (_, text, mended) => {
    expect(readAnswer(text, schema)).toEqual({ kind: "labelled", answer: good, mended });
  });
});

describe("nothing is guessed", () => {
  test.each([
    ["words around a fence", `Here you are:\n\`\`\`json\n${json}\n\`\`\``],
    ["two fences", `\`\`\`json\n${json}\n\`\`\`\n\`\`\`json\n${json}\n\`\`\``],
    ["two objects that differ", `${json}{"tone":{"value":"cool","confidence":0.9}}`],
    ["the same object three times", json.repeat(3)],
    ["a string within a string", JSON.stringify(JSON.stringify(json))],
    ["an object that breaks off", json.slice(0, -3)],
    ["a number with a unit", '{"tone":{"value":"warm","confidence":"90%"}}'],
    ["a decimal comma", '{"tone":{"value":"warm","confidence":"0,9"}}'],
    ["a number as text out of its range", '{"tone":{"value":"warm","confidence":"90"}}'],
    ["a hexadecimal number", '{"tone":{"value":"warm","confidence":"0x1"}}'],
    ["no number", '{"tone":{"value":"warm","confidence":""}}'],
    ["a value with space around it", '{"tone":{"value":" warm","confidence":0.9}}'],
    ["a value that is not listed", '{"tone":{"value":"warmish","confidence":0.9}}'],
    ["two listed values of that spelling", `{"tone":{"value":"warm","confidence":0.9},"size":{"value":"Xl"}}`],
    ["an attribute in another case", '{"Tone":{"value":"warm","confidence":0.9}}'],
    ["a list of one", `[${json}]`],
    ["no object", "null"],
  ])("%s", (_, text) => {
    expect(readAnswer(text, schema)).toMatchObject({ kind: "invalid" });
  });
});
