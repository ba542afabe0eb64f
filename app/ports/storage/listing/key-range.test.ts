import { describe, expect, test } from "vitest";
import { compareKeys, keyBetween } from "./key-range";

describe("compareKeys", () => {
  test.each([
    ["a", "b", -1],
    ["a", "a", 0],
    ["a/", "a", 1],
    ["Z", "a", -1],
    // UTF-16 would order these two the other way round.
    ["ﾊ", "🙂", -1],
  ])("%s and %s: %i", (a, b, expected) => {
    expect(Math.sign(compareKeys(a, b))).toBe(expected);
  });
});

describe("keyBetween", () => {
  test.each([
    { prefix: "", after: "img-0999", last: null },
    { prefix: "uploads/", after: "uploads/img-0999", last: "uploads/img-9" },
    { prefix: "a", after: "a", last: null },
    { prefix: "", after: "z", last: null },
    { prefix: "", after: "~", last: null },
    { prefix: "", after: "img-1", last: "img-2" },
    { prefix: "", after: "folder/z", last: "folder0" },
    { prefix: "", after: "한글", last: null },
    { prefix: "", after: "한글/1", last: "한글/9" },
    { prefix: "", after: "\ud7fd", last: "\ue003" },
    { prefix: "", after: "🙂", last: null },
    { prefix: "", after: "a\u0001", last: "a\u0003" },
  ])("lies between $after and $last below '$prefix'", ({ prefix, after, last }) => {
    const middle = keyBetween(prefix, after, last) ?? "";
    expect(middle.startsWith(prefix)).toBe(true);
    expect(middle).not.toMatch(/\p{Surrogate}/u);
    expect(compareKeys(after, middle)).toBe(-1);
    if (last !== null) expect(compareKeys(middle, last)).toBe(-1);
  });

  test("prefers characters of the kind that follows", () => {
    expect(keyBetween("img-", "img-0999", null)).toBe("img-5");
    expect(keyBetween("", "generated/x", null)).toBe("q");
  });

  test.each([
    ["a", "a ", "a space is the least character that we put into a key"],
    ["a", "a\u0000", "nothing lies between"],
  ])("is null after %j up to %j: %s", (after, last) => {
    expect(keyBetween("", after, last)).toBeNull();
  });

  test("is null when it would be longer than a key may be", () => {
    const longest = `${"a".repeat(1_023)}b`;
    expect(keyBetween("", longest, `${"a".repeat(1_023)}c`)).toBeNull();
  });
});
