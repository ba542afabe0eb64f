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
  ["incoming/e3b0c442", false, "other", null],
  ["originals/run-12/uploads/mina/2026/11/x.png", false, "other", null],
  ["incoming/cats/hero.jpg", false, "other", null],
  ["jun-park/cats/hero.jpg", true, "upload", "jun-park"],
  ["jun-park/cats/supporting/0a1b2c3d.webp", true, "upload", "jun-park"],
  ["jun-park/cats/platform/instagram_og.png", true, "upload", "jun-park"],
  ["jun-park/cats/comparison/gemini-2.1_0a1b2c3d.png", true, "generated", "jun-park"],
  ["정 호석/branding/logo.png", true, "upload", "정 호석"],
  ["archive/2019/x.png", true, "other", null],
  ["generated/cats/hero.jpg", true, "generated", null],
  ["references/cats/hero.jpg", true, "reference", null],
  ["Trash/cats/hero.jpg", true, "other", null],
  ["references/01. Model/back_cool/", false, "reference", null],
])("%s: tracked %s, %s, owner %s", (key, tracked, kind, owner) => {
  expect([isTracked(key), imageKind(key), ownerFromKey(key)]).toEqual([tracked, kind, owner]);
});

test.each([
  ["jun-park", ["generated/jun-park/", "uploads/jun-park/", "jun-park/"]],
  ["uploads", ["generated/uploads/", "uploads/uploads/"]],
])("the keys of the owner %s lie below %j", (ownerId, prefixes) => {
  expect(ownerPrefixes(ownerId)).toEqual(prefixes);
});

test.each([
  ["uploads/jun-park/2026/11/jun-park/a.png", "sofia", "uploads/jun-park/2026/11/jun-park/a.png"],
  ["uploads/jun-park/2026/11/jun-park.png", "정 호석", "uploads/정 호석/2026/11/jun-park.png"],
  ["generated/jun-park/2026/11/a.png", "trash", "generated/trash/2026/11/a.png"],
  ["jun-park/jun-park/hero.jpg", "sofia", "sofia/jun-park/hero.jpg"],
  ["jun-park/cats/supporting/0a1b2c3d.jpg", "정 호석", "정 호석/cats/supporting/0a1b2c3d.jpg"],
  ["jun-park/branding/logo.png", "sofia", "sofia/branding/logo.png"],
  // Where the new owner cannot stand, the key stays.
  ["jun-park/cats/hero.jpg", "trash", "jun-park/cats/hero.jpg"],
  ["jun-park/cats/hero.jpg", "..", "jun-park/cats/hero.jpg"],
  ["jun-park/cats/hero.jpg", "team/sofia", "jun-park/cats/hero.jpg"],
])("%s as a key of %s: %s", (key, ownerId, expected) => {
  expect(keyOfOwner(key, ownerId)).toBe(expected);
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
