import { expect, test } from "vitest";
import { fuse } from "./fuse";

test("what stands in both lists comes before what leads one of them", () => {
  const fused = fuse({ words: [1, 2, 3], likeness: [4, 3, 5] });
  expect(fused.map(({ id }) => id)).toEqual([3, 1, 4, 2, 5]);
  expect(fused[0]).toEqual({ id: 3, in: { words: 2, likeness: 1 } });
});

test("one list alone keeps its order", () => {
  expect(fuse({ words: [7, 5, 9], likeness: [] }).map(({ id }) => id)).toEqual([7, 5, 9]);
});

test("no list finds nothing", () => {
  expect(fuse({})).toEqual([]);
});

test("of two first places, those of the list that is named first come first", () => {
  expect(fuse({ words: [1], likeness: [2] }).map(({ id }) => id)).toEqual([1, 2]);
});
