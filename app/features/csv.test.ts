import { expect, test } from "vitest";
import { type CsvCell, csvLine, readCell } from "./csv";

test.each<[string, CsvCell[], string]>([
  ["plain cells as they are", ["a b", 12, true], "a b,12,true\r\n"],
  ["nothing as an empty cell", [null, "", "x"], ",,x\r\n"],
  [
    "commas, quotes and line breaks in quotes",
    ["a,b", 'say "hi"', "two\nlines"],
    '"a,b","say ""hi""","two\nlines"\r\n',
  ],
  ["letters of every script as they are", ["références/ü.png", "モデル"], "références/ü.png,モデル\r\n"],
])("writes %s", (_what, cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

test.each<[string, string]>([
  ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
  ["+1+1", "'+1+1"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["＝1+1", "'＝1+1"],
  ["＋1", "'＋1"],
  ["－1", "'－1"],
  ["＠SUM(A1)", "'＠SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", `"'\r=1"`],
  ["\n=1", `"'\n=1"`],
])("keeps a spreadsheet from running %j", (text, cell) => {
  expect(csvLine([text])).toBe(`${cell}\r\n`);
  expect(readCell(`'${text}`)).toBe(text);
});

test("leaves a negative number a number, and a sign within a text alone", () => {
  expect(csvLine([-3, "a=b", "1-2"])).toBe("-3,a=b,1-2\r\n");
});
