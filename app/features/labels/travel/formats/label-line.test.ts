import { expect, test } from "vitest";
import { FILE_END, fileStart, type LabeledImage, readLine, readStart, toLine } from "./label-line";

const image: LabeledImage = {
  key: "references/01. Model/front_warm/a.png",
  labels: [
    {
      attribute: "angle",
      value: "front",
      etag: "e1",
      origin: { source: "person", by: "Mina", at: "2026-11-29T10:00:00.000Z", folder: "front_warm" },
    },
    {
      attribute: "tone",
      value: "warm",
      etag: "e0",
      origin: {
        source: "model",
        confidence: 0.9,
        prompt: { name: "personas", version: 2, hash: "abc" },
        model: "gemini-3-flash-001",
      },
    },
  ],
};

test("an image is one line that says its key, its ETag, each label and how it came to be, and is read back as it was", () => {
  const line = toLine(image);
  expect(line).toBe(
    '{"key":"references/01. Model/front_warm/a.png","etag":"e1","labels":{' +
      '"angle":{"value":"front","source":"person","by":"Mina","at":"2026-11-29T10:00:00.000Z","folder":"front_warm"},' +
      '"tone":{"value":"warm","etag":"e0","source":"model","confidence":0.9,' +
      '"prompt":{"name":"personas","version":2,"hash":"abc"},"model":"gemini-3-flash-001"}}}',
  );
  expect(readLine(`${line},`)).toEqual({ image, unknown: [] });
  expect(JSON.parse(`${fileStart(true)}\n${line}\n${FILE_END}\n`)).toMatchObject({ version: 1, whole: true });
});

test.each([
  [fileStart(true), { whole: true }],
  [fileStart(false), { whole: false }],
  ['{"version":1,"images":[', { whole: false }],
  [
    '{"version":2,"whole":true,"images":[',
    { problem: expect.stringMatching(/^is of version 2, and this console reads/) },
  ],
  ['{"file_name":"a.png"}', null],
  ["[", null],
])("the first line %s", (text, start) => {
  expect(readStart(text)).toEqual(start);
});

test.each([
  ['{"key":"a.png","etag":"e","labels":{"tone":{"value":"wa', "is not JSON"],
  ['{"etag":"e","labels":{}}', "is no line of labels: key "],
  ['{"key":"a","labels":{}}', "is no line of labels: etag "],
  [
    '{"key":"a","etag":"e","labels":{"tone":{"value":7,"source":"person"}}}',
    "is no line of labels: labels.tone.value ",
  ],
  ['{"key":"a","etag":"e","labels":{"tone":{"value":"warm"}}}', "is no line of labels: labels.tone.source "],
  ['{"key":"a","etag":"e","labels":{"tone":"warm"}}', "is no line of labels: labels.tone "],
  ["[]", "is no line of labels: it "],
])("%s says nothing", (text, problem) => {
  expect(readLine(text)).toEqual({ problem: expect.stringContaining(problem) });
});

test("what is not known is named, not used", () => {
  const text = '{"key":"a","etag":"e","mood":1,"labels":{"tone":{"value":"warm","source":"person","stars":5}}}';
  expect(readLine(text)).toMatchObject({ unknown: ["mood", "stars"] });
});
