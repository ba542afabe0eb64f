import { expect, test } from "vitest";
import { z } from "zod";
import { jsonColumn, parseJson } from "./json-column";

const scope = z.object({ root: z.string() });

test("a column of JSON is read by its schema, alone or as a part of a row", () => {
  expect(jsonColumn(scope).parse('{"root":"Model"}')).toEqual({ root: "Model" });
  const row = z.object({ id: z.number(), scope: jsonColumn(scope), counts: jsonColumn(scope).nullable() });
  expect(row.parse({ id: 1, scope: '{"root":"Model"}', counts: null })).toEqual({
    id: 1,
    scope: { root: "Model" },
    counts: null,
  });
});

test.each([
  ['{"root":1}', "expected string, received number"],
  [null, "expected string, received null"],
  ["{", "JSON"],
])("a column that holds %j is not read", (text, complaint) => {
  expect(() => jsonColumn(scope).parse(text)).toThrow(complaint);
});

test("an empty column reads as null, any other as what it holds", () => {
  expect([null, "null", '[1,{"a":null}]'].map(parseJson)).toEqual([null, null, [1, { a: null }]]);
});
