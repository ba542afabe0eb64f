import { expect, test } from "vitest";
import { countSelected, everything, isEmpty, isSelected, mark, nothing, rangeOf, type Selection } from "./selection";

const picked = (...ids: number[]): Selection<number> => ({ isAll: false, picked: new Set(ids) });
const allBut = (...ids: number[]): Selection<number> => ({ isAll: true, except: new Set(ids) });

test.each<[string, Selection<number>, number[], boolean, Selection<number> | null]>([
  ["picks", nothing(), [1, 2], true, picked(1, 2)],
  ["picks what is picked already once", picked(1), [1, 2], true, picked(1, 2)],
  ["takes out of what was picked", picked(1, 2), [2, 3], false, picked(1)],
  ["takes out of all", everything(), [2], false, allBut(2)],
  ["brings back into all", allBut(2, 3), [3, 4], true, allBut(2)],
  ["refuses more than may be kept by name", picked(1, 2, 3), [4], true, null],
  ["refuses more exceptions than may be kept by name", allBut(1, 2, 3), [4], false, null],
])("%s", (_what, selection, ids, isOn, expected) => {
  expect(mark(selection, ids, isOn, 3)).toEqual(expected);
});

test.each<[Selection<number>, number | null, number | null, boolean]>([
  [nothing(), 12_431, 0, true],
  [picked(1, 2), null, 2, false],
  [everything(), 12_431, 12_431, false],
  [everything(), null, null, false],
  [allBut(1, 2), 12_431, 12_429, false],
  [allBut(1, 2), 1, 0, false],
])("of %j with %j in the list, %j are selected", (selection, total, expected, empty) => {
  expect(countSelected(selection, total)).toBe(expected);
  expect(isEmpty(selection)).toBe(empty);
});

test("an item is selected by its name, or because all are and it is no exception", () => {
  expect([1, 2].map((id) => isSelected(picked(1), id))).toEqual([true, false]);
  expect([1, 2].map((id) => isSelected(allBut(1), id))).toEqual([false, true]);
});

test.each([
  ["downward", 2, 4, [2, 3, 4]],
  ["upward", 4, 2, [2, 3, 4]],
  ["of one", 3, 3, [3]],
  ["from nowhere", null, 3, [3]],
  ["from what is no longer shown", 9, 3, [3]],
])("a range %s", (_what, from, to, expected) => {
  expect(rangeOf([1, 2, 3, 4, 5], from, to)).toEqual(expected);
});
