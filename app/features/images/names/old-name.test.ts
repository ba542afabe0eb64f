import { expect, test } from "vitest";
import { closestTo, fileName, formsOf } from "./old-name";

test.each([
  ["generated/u-1/2026/11/a.png", "a.png"],
  ["a.png", "a.png"],
  ["C:\\studio\\out\\a b.png", "a b.png"],
  ["uploads/", ""],
])("the file name of %s is %j", (path, name) => {
  expect(fileName(path)).toBe(name);
});

test.each([
  ["a.png", ["a.png"]],
  ["/srv/out/a.png", ["/srv/out/a.png", "srv/out/a.png"]],
  ["uploads%2Fu%201%2Fa.png", ["uploads%2Fu%201%2Fa.png", "uploads/u 1/a.png"]],
  ["100%.png", ["100%.png"]],
  ["caf\u00e9.png", ["caf\u00e9.png", "cafe\u0301.png"]],
  ["/", ["/"]],
])("%j can have been %j", (name, forms) => {
  expect(formsOf(name)).toEqual(forms);
});

test.each([
  ["/srv/out/u-1/2026/11/a.png", ["generated/u-1/2026/11/a.png"]],
  ["D:\\out\\2026\\11\\a.png", ["generated/u-1/2026/11/a.png", "generated/u-2/2026/11/a.png"]],
  ["a.png", ["generated/u-1/2026/11/a.png", "generated/u-2/2026/11/a.png", "uploads/a.png"]],
])("of images of one name, %j means %j", (path, keys) => {
  const images = ["generated/u-1/2026/11/a.png", "generated/u-2/2026/11/a.png", "uploads/a.png"].map((key) => ({
    key,
  }));
  expect(closestTo(path, images).map(({ key }) => key)).toEqual(keys);
});
