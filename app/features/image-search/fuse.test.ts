import { expect, test } from "vitest";
import { fuse } from "./fuse";

const placed = (...ids: number[]) => ids.map((id) => ({ id, counts: 1 }));

test("what stands in both lists comes before what leads one of them", () => {
  const fused = fuse({ words: placed(1, 2, 3), likeness: placed(4, 3, 5) });
  expect(fused.map(({ id }) => id)).toEqual([3, 1, 4, 2, 5]);
  expect(fused[0]).toEqual({ id: 3, in: { words: 2, likeness: 1 } });
});

test("one list alone keeps its order", () => {
  expect(fuse({ words: placed(7, 5, 9), likeness: placed() }).map(({ id }) => id)).toEqual([7, 5, 9]);
});

test("no list finds nothing", () => {
  expect(fuse({})).toEqual([]);
});

test("of two first places, those of the list that is named first come first", () => {
  expect(fuse({ words: placed(1), likeness: placed(2) }).map(({ id }) => id)).toEqual([1, 2]);
});

test("a place that counts half comes behind one in the other list, until both lists have it", () => {
  const words = [
    { id: 1, counts: 0.5 },
    { id: 2, counts: 0.5 },
  ];
  expect(fuse({ words, likeness: placed(3, 2) }).map(({ id }) => id)).toEqual([2, 3, 1]);
});
