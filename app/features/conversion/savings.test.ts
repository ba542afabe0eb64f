import { expect, test } from "vitest";
import { isOfSample } from "./sample";
import { createSavings } from "./savings";

const sampled = (of: number) => Array.from({ length: of }, (_, n) => n + 1).filter((nth) => isOfSample(nth, of));

test.each([[1], [499], [500]])("of %i every image is measured", (of) => expect(sampled(of)).toHaveLength(of));

test.each([[501], [1_000], [12_431]])("of %i 500 are, spread over all", (of) => {
  const chosen = sampled(of);
  expect(chosen).toHaveLength(500);
  const gaps = chosen.map((nth, at) => nth - (chosen[at - 1] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.ceil(of / 500));
});

test("what was measured is said as it is, the most saving owner first", () => {
  const savings = createSavings();
  savings.add("Mina", 1_000, 400);
  savings.add(null, 9_000, 1_000);
  expect(savings.facts()).toEqual([
    { label: "Saves once the originals are removed", value: "8.6\u202fkB of 10\u202fkB (86\u202f%)" },
    { label: "Measured on", value: "every image, by converting it" },
    { label: "Saves for no owner", value: "8\u202fkB of 9\u202fkB (88\u202f%)" },
    { label: "Saves for Mina", value: "600\u202fB of 1\u202fkB (60\u202f%)" },
  ]);
});

test("of a sample the rest is taken to save as what was measured, and an owner of whom too few were as all do", () => {
  const savings = createSavings();
  for (let n = 0; n < 10; n += 1) savings.add("Mina", 1_000, 250);
  for (let n = 0; n < 30; n += 1) savings.add("Mina", 1_000, null);
  savings.add("Jun", 1_000, 1_000);
  savings.add("Jun", 1_000, null);
  expect(savings.facts()).toEqual([
    { label: "Saves once the originals are removed", value: "about 28.6\u202fkB of 42\u202fkB (68\u202f%)" },
    { label: "Measured on", value: "11 of 42 images, spread evenly over them" },
    { label: "Saves for Mina", value: "about 30\u202fkB of 40\u202fkB (75\u202f%)" },
    { label: "Saves for Jun", value: "about 682\u202fB of 2\u202fkB (34\u202f%)" },
  ]);
});

test("where half of a sample is left out, half of the rest is taken to save nothing", () => {
  const savings = createSavings();
  for (let n = 0; n < 10; n += 1) savings.add("Mina", 1_000, 400);
  for (let n = 0; n < 10; n += 1) savings.leave("Mina", 1_000);
  for (let n = 0; n < 80; n += 1) savings.add("Mina", 1_000, null);
  savings.leave("Jun", 1_000);
  expect(savings.facts()).toEqual([
    { label: "Saves once the originals are removed", value: "about 28.9\u202fkB of 90\u202fkB (32\u202f%)" },
    { label: "Measured on", value: "21 of 101 images, spread evenly over them" },
    { label: "Saves for Mina", value: "about 30\u202fkB of 90\u202fkB (33\u202f%)" },
  ]);
});

test("of many owners those who save most are named", () => {
  const savings = createSavings();
  for (let n = 0; n < 25; n += 1) savings.add(`u-${n}`, 1_000 + n, 100);
  const labels = savings.facts().map(({ label }) => label);
  expect(labels).toHaveLength(23);
  expect(labels.slice(2, 4)).toEqual(["Saves for u-24", "Saves for u-23"]);
  expect(labels.at(-1)).toBe("Saves for 5 other owners");
});
