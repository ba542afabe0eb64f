import { expect, test } from "vitest";
import { filterWords } from "./filter-words";
import { countFiltered } from "./review";
import { parseReviewList, type ReviewFilter, toReviewAddress } from "./review-filter";

test.each<[ReviewFilter, string, string]>([
  [{}, "", ""],
  [{ attribute: "tone" }, "attribute=tone", "of tone"],
  [{ attribute: "ageRange", old: "20s", new: "70+" }, "attribute=ageRange&old=20s&new=70%2B", "of age range 20s → 70+"],
  [{ old: null, new: "warm" }, "unlabeled=yes&new=warm", "no label → warm"],
  [{ old: null }, "unlabeled=yes", "from no label"],
  [{ min: 0, max: 0.5 }, "min=0&max=0.5", "with a confidence from 0.00 to 0.50"],
  [
    { folder: "disagrees", person: "conflict", decision: "open", same: "any" },
    "folder=disagrees&person=conflict&decision=open&same=any",
    "that disagree with the folder, disagree with a person's label, and are open",
  ],
])("%j has one address, %s, and words", (filter, address, words) => {
  expect(String(toReviewAddress(filter))).toBe(address);
  expect(parseReviewList(new URLSearchParams(address)).filter).toEqual(filter);
  expect(filterWords(filter)).toBe(words);
});

test.each([
  ["min=2", "The filter “min” does not take “2”."],
  ["max=high", "The filter “max” does not take “high”."],
  ["folder=agrees", "The filter “folder” does not take “agrees”."],
  ["decision=maybe", "The filter “decision” does not take “maybe”."],
  ["sort=size", "There is no order called “size”."],
  ["after=x", "“x” is not a place in this list."],
])("refuses %s", (address, sentence) => {
  expect(() => parseReviewList(new URLSearchParams(address))).toThrow(sentence);
});

test("reads where a page begins and in which order, and takes an empty bound for none", () => {
  expect(parseReviewList(new URLSearchParams("sort=key-desc&before=12&min="))).toEqual({
    ...{ filter: {}, order: "key-desc", from: { before: 12 } },
  });
  expect(parseReviewList(new URLSearchParams("tab=review"))).toEqual({
    ...{ filter: {}, order: "confidence-asc", from: null },
  });
});

test("counts the cells that a filter keeps", () => {
  const cell = { count: 2, open: 1, accepted: 1, rejected: 0, conflicts: 1, outdated: 0 };
  const matrices = [
    {
      ...{ attribute: "tone", same: 3 },
      cells: [
        { ...cell, old: null, new: "warm" },
        { ...cell, old: "cool", new: "warm" },
      ],
    },
    { attribute: "angle", same: 5, cells: [{ ...cell, old: null, new: "front" }] },
  ];
  expect(countFiltered(matrices, {})).toMatchObject({ changes: 6, open: 3, conflicts: 3, same: 8 });
  expect(countFiltered(matrices, { attribute: "tone", old: null, new: "warm" })).toMatchObject({ changes: 2, same: 3 });
  expect(countFiltered(matrices, { new: "warm" })).toMatchObject({ changes: 4 });
  expect(countFiltered(matrices, { same: "only" })).toMatchObject({ changes: 0, open: 0, same: 8 });
});
