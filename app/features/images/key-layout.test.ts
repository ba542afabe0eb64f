import { expect, test } from "vitest";
import {
  folderBelow,
  folderName,
  hasImageExtension,
  imageKind,
  isTracked,
  keyOfOwner,
  ownerFromKey,
  ownerPrefixes,
  prefixUpperBound,
} from "./key-layout";
import { thumbnailKey } from "./thumbnail-key.server";

test.each([
  ["references/01. Model/front_warm/reference.png", true, "reference", null],
  ["generated/jun-park/2026/11/a.png", true, "generated", "jun-park"],
  ["uploads/정 호석/2026/01/b c+%.jpeg", true, "upload", "정 호석"],
  ["generated/a.png", true, "generated", null],
  ["generated/jun-park/2026/13/a.png", true, "generated", null],
  ["generated/jun-park/2026/11/deeper/a.png", true, "generated", null],
  ["generated/jun-park/2026/11/a", true, "generated", null],
  ["uploads//2026/11/a.png", true, "upload", null],
  ["archive/generated/jun-park/2026/11/a.png", true, "other", null],
  ["a.png", true, "other", null],
  ["thumbnails/ab/abc.webp", false, "other", null],
  ["trash/2026/a.png", false, "other", null],
  ["backups/ops.db", false, "other", null],
  ["labels/labels.json", false, "other", null],
  ["labels-old/a.png", true, "other", null],
  ["references/01. Model/back_cool/", false, "reference", null],
])("%s: tracked %s, %s, owner %s", (key, tracked, kind, owner) => {
  expect([isTracked(key), imageKind(key), ownerFromKey(key)]).toEqual([tracked, kind, owner]);
});

test("an owner's keys lie below its prefixes, and take another owner in the same place", () => {
  expect(ownerPrefixes("jun-park")).toEqual(["generated/jun-park/", "uploads/jun-park/"]);
  expect(keyOfOwner("uploads/jun-park/2026/11/jun-park/a.png", "정 호석")).toBe(
    "uploads/정 호석/2026/11/jun-park/a.png",
  );
});

test.each([
  ["a.PNG", true],
  ["x/y.tar.jpeg", true],
  ["notes.txt", false],
  ["png", false],
  ["a.png/", false],
])("%s claims to be a picture: %s", (key, expected) => {
  expect(hasImageExtension(key)).toBe(expected);
});

test.each([
  ["r/Model/front_warm/1.png", "r/Model/front_warm/", "front_warm"],
  ["r/Model/front_warm/deep/1.png", "r/Model/front_warm/", "front_warm"],
  ["r/Model/front_warm/", "r/Model/front_warm/", "front_warm"],
  ["r/Model//1.png", "r/Model//", ""],
  ["r/Model/1.png", null, null],
])("below r/Model/, %s lies in %s, which is called %j", (key, folder, name) => {
  expect(folderBelow("r/Model/", key)).toBe(folder);
  if (folder !== null) expect(folderName(folder)).toBe(name);
});

test.each([
  ["", null],
  ["references/", "references0"],
  ["a", "b"],
  ["a\u007f", "a\u0080"],
  ["a\ud7ff", "a\ue000"],
  ["a\u{10ffff}", "b"],
  ["\u{10ffff}\u{10ffff}", null],
  ["🔥", "\u{1f526}"],
])("the keys with prefix %j end before %j", (prefix, bound) => {
  expect(prefixUpperBound(prefix)).toBe(bound);
  if (bound === null) return;
  const bytes = (text: string) => Buffer.from(text);
  for (const rest of ["", "/", "~", "é", "\uffff", "\u{10ffff}\u{10ffff}"]) {
    expect(Buffer.compare(bytes(prefix + rest), bytes(bound))).toBe(-1);
  }
});

test("a thumbnail's key has one length, however long the image's key", () => {
  const sha256 = "7f071235805fbf58a2524f77bff76e1391d0d1cfe2f4c190d73054495e05b460"; // printf a.png | sha256sum
  expect(thumbnailKey("a.png")).toBe(`thumbnails/7f/${sha256}.webp`);
  expect(thumbnailKey("k".repeat(1024))).toHaveLength(`thumbnails/7f/${sha256}.webp`.length);
});
