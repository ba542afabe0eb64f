import { expect, test } from "vitest";
import { type Candidate, chooseKept } from "./choose-kept";

const image = (id: number, rest: Partial<Candidate> = {}): Candidate => ({
  ...{ id, key: `uploads/${id}.png`, bytes: 10, width: 4, height: 4, modifiedAt: 100 + id },
  ...{ isArchived: false, generations: 0, labels: 0 },
  ...rest,
});

test.each([
  ["used", [image(1), image(2, { labels: 1 }), image(3, { generations: 2 })], 3],
  ["used", [image(1), image(2, { key: "mina/cats/hero.png" })], 2],
  ["used", [image(1), image(2, { modifiedAt: 5 })], 2],
  ["oldest", [image(1, { labels: 9 }), image(2, { modifiedAt: 5 })], 2],
  ["used", [image(1, { labels: 9, isArchived: true }), image(2)], 2],
  ["oldest", [image(1, { isArchived: true }), image(2)], 2],
  ["oldest", [image(2, { modifiedAt: 5 }), image(1, { modifiedAt: 5 })], 1],
  ["largest", [image(1, { bytes: 99 }), image(2, { width: 5 })], 2],
  ["largest", [image(1), image(2, { bytes: 11 })], 2],
] as const)("by “%s”, of %j image %i is kept", (rule, [first, ...others], id) => {
  expect(chooseKept([first, ...others], rule).id).toBe(id);
});
