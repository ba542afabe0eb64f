import { expect, test } from "vitest";
import { foldAlike } from "./fold-alike";

const found = (id: number, nearDuplicateOf: number | null = null) => ({ id, nearDuplicateOf });
const idsOf = (images: ReturnType<typeof found>[]) =>
  foldAlike(images).map(({ first, others }) => [first.id, ...others.map(({ id }) => id)]);

test("what is nearly the same stands below the best of it, and the order stays", () => {
  expect(idsOf([found(7), found(3), found(9, 7), found(4, 3), found(1, 7), found(2)])).toEqual([
    [7, 9, 1],
    [3, 4],
    [2],
  ]);
});

test("copies of an image that is not among those found stand below the first of them", () => {
  expect(idsOf([found(7), found(5, 100), found(6, 100), found(8)])).toEqual([[7], [5, 6], [8]]);
});

test("of no images there is nothing to fold", () => {
  expect(foldAlike([])).toEqual([]);
});
