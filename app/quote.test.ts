import { expect, test } from "vitest";
import { quote, quoteKey } from "./quote";

test.each([
  ["front_warm", "“front_warm”"],
  ["front\u200b_warm", "“front<U+200B>_warm”"],
  ["a\nb", "“a<U+000A>b”"],
  ["👩\u200d🎨", "“👩\u200d🎨”"],
  ["x".repeat(60), `“${"x".repeat(60)}”`],
  ["🔥".repeat(61), `“${"🔥".repeat(60)}…”`],
])("quotes the name %j", (name, shown) => {
  expect(quote(name)).toBe(shown);
});

test("quotes a key whole, however long it is", () => {
  const folder = `references/01. Model/${"x".repeat(100)}/`;
  expect(quoteKey(`${folder}a\u200b.png`)).toBe(`“${folder}a<U+200B>.png”`);
});
