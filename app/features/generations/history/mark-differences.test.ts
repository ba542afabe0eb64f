import { expect, test } from "vitest";
import { markDifferences } from "./mark-differences";

/** Pieces as one text, what is a text's own in brackets. */
const marked = (...texts: string[]) =>
  markDifferences(texts).map((pieces) => pieces.map(({ text, isOwn }) => (isOwn ? `[${text}]` : text)).join(""));

test.each([
  { of: ["a warm portrait", "a warm portrait"], is: ["a warm portrait", "a warm portrait"] },
  { of: ["a warm portrait", "a cool portrait"], is: ["a[ warm] portrait", "a[ cool] portrait"] },
  { of: ["a portrait", "a portrait at the sea"], is: ["a portrait", "a portrait[ at the sea]"] },
  { of: ["one two three", "three one two"], is: ["one two[ three]", "[three] one two"] },
  { of: ["a b", "a c", "a b"], is: ["a[ b]", "a[ c]", "a b"] },
  { of: ["", "a b"], is: ["", "[a b]"] },
  { of: ["a  b\n", "a b"], is: ["a  b[\n]", "a b"] },
  { of: ["따뜻한 인물 사진", "차가운 인물 사진"], is: ["[따뜻한] 인물 사진", "[차가운] 인물 사진"] },
])("$of differ as $is", ({ of, is }) => {
  expect(marked(...of)).toEqual(is);
});

test("texts of no word in common, too long to compare word by word, differ as a whole between what is the same", () => {
  const long = (word: string) => `same ${Array.from({ length: 5_000 }, (_, n) => `${word}${n}`).join(" ")} end`;
  const [one, two] = markDifferences([long("a"), long("b")]);
  expect(one?.map(({ isOwn }) => isOwn)).toEqual([false, true, false]);
  expect(two?.map(({ text }) => text).join("")).toBe(long("b"));
});

test("no text has no differences", () => {
  expect(markDifferences([])).toEqual([]);
});
