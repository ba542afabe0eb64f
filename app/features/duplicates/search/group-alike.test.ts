import { expect, test } from "vitest";
import { randomOf } from "../../../../tests/support/random";
import { groupAlike } from "./group-alike";
import { indexHashes } from "./hash-index";
import { distanceBetween, readHashes } from "./hashes";

const random = randomOf(5);
const randomHash = () => Array.from({ length: 16 }, () => random.below(16).toString(16)).join("");
/** The hash with so many other bits. */
function turned(hash: string, bits: number): string {
  const places = random.shuffle(Array.from({ length: 64 }, (_, bit) => bit)).slice(0, bits);
  const mask = places.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
  return (BigInt(`0x${hash}`) ^ mask).toString(16).padStart(16, "0");
}

/** Groups of all that are near to the first. */
function groupsOf(texts: string[], distance: number): number[][] {
  const groups: number[][] = [];
  const found = groupAlike(readHashes(texts), distance);
  for (let step = found.next(); !step.done; step = found.next(step.value?.near)) {
    if (step.value) groups.push([step.value.first, ...step.value.near]);
  }
  return groups;
}

test.each([
  ["0000000000000000", "ffffffffffffffff", 64],
  ["8000000000000001", "0000000000000000", 2],
  ["80000000ffffffff", "80000000fffffffe", 1],
])("%s and %s differ in %i bits", (a, b, bits) => {
  expect(distanceBetween(readHashes([a, b]), 0, 1)).toBe(bits);
});

test.each([0, 3, 7, 8, 11])("an index finds just those within %i bits that comparing all finds", (distance) => {
  const seeds = Array.from({ length: 700 }, randomHash);
  const texts = [...seeds, ...seeds.map((hash) => turned(hash, random.below(16)))];
  const hashes = readHashes(texts);
  const findNear = indexHashes(hashes, distance);
  for (let at = 0; at < texts.length; at += 13) {
    const found = new Set<number>();
    findNear(at, (other) => found.add(other));
    const near = texts.flatMap((_, other) => (distanceBetween(hashes, at, other) <= distance ? [other] : []));
    expect([...found].sort((a, b) => a - b)).toEqual(near);
  }
});

test("the first begins a group of all that are near to it, and no chain joins what is not", () => {
  const first = "00ff00ff00ff00ff";
  const texts = [first, "123456789abcdef0", turned(first, 4), first.replace(/^00ff/, "ff00"), turned(first, 3)];
  expect(groupsOf(texts, 4)).toEqual([[0, 2, 4]]);
  // Each differs from the one before in 4 bits, and from the first in 4, 8, 12.
  const chain = ["0000000000000000", "000000000000000f", "00000000000000ff", "0000000000000fff"];
  expect(groupsOf(chain, 4)).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test("what is near and yet not of the group can begin one of its own", () => {
  const found = groupAlike(readHashes(["0000000000000000", "0000000000000001", "0000000000000003"]), 4);
  expect(found.next().value).toEqual({ first: 0, near: [1, 2] });
  expect(found.next([]).value).toEqual({ first: 1, near: [2] });
  expect(found.next([2]).done).toBe(true);
});

test("many alike cost no more than many unlike", () => {
  const texts = Array.from({ length: 50_000 }, () => "aaaaaaaaaaaaaaaa");
  expect(groupsOf(texts, 8).map(({ length }) => length)).toEqual([50_000]);
});
