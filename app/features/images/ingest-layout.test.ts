import { expect, test } from "vitest";
import { isOwnerName, parseIngestKey, whyNoOwner } from "./ingest-layout";

test.each([
  ["mina/cats/hero.jpg", "mina", "cats", { kind: "hero" }],
  ["default/fuer-fuesse-2/hero.heic", "default", "fuer-fuesse-2", { kind: "hero" }],
  ["정 호석/cats/supporting/0a1b2c3d.webp", "정 호석", "cats", { kind: "supporting" }],
  ["mina/cats/comparison/gemini-2.1_0a1b2c3d.png", "mina", "cats", { kind: "comparison", model: "gemini-2.1" }],
  ["mina/cats/platform/x_og.tif", "mina", "cats", { kind: "platform", platform: "x", isOg: true }],
  ["mina/cats/platform/x_0a1b2c3d.gif", "mina", "cats", { kind: "platform", platform: "x", isOg: false }],
  ["mina/branding/logo-dark.avif", "mina", null, { kind: "branding", name: "logo-dark" }],
  ["mina/branding/hero.png", "mina", null, { kind: "branding", name: "hero" }],
  ["branding/branding/branding.png", "branding", null, { kind: "branding", name: "branding" }],
  [`mina/${"s".repeat(60)}/hero.jpg`, "mina", "s".repeat(60), { kind: "hero" }],
  ["archive/old/hero.jpg", "archive", "old", { kind: "hero" }],
])("%s is an ingested image", (key, owner, slug, role) => {
  expect(parseIngestKey(key)).toEqual({ owner, slug, role });
});

test.each([
  ["a foreign folder", "archive/2019/x.png"],
  ["another name beside the hero", "mina/cats/hero-2.jpg"],
  ["a hero deeper down", "mina/cats/old/hero.jpg"],
  ["a hero at the top", "cats/hero.jpg"],
  ["an extension that no sniffed type gives", "mina/cats/hero.jpeg"],
  ["an extension in capitals", "mina/cats/hero.JPG"],
  ["no extension", "mina/cats/hero"],
  ["more after the extension", "mina/cats/hero.jpg\n"],
  ["a slug in capitals", "mina/Cats/hero.jpg"],
  ["a slug with a dash at its end", "mina/cats-/hero.jpg"],
  ["a slug of 61 characters", `mina/${"s".repeat(61)}/hero.jpg`],
  ["no slug", "mina//hero.jpg"],
  ["no owner", "/cats/hero.jpg"],
  ["seven digits of a hash", "mina/cats/supporting/0a1b2c3.jpg"],
  ["digits that are not hex", "mina/cats/supporting/0a1b2c3g.jpg"],
  ["a model with two dots", "mina/cats/comparison/gemini..2_0a1b2c3d.png"],
  ["no model", "mina/cats/comparison/_0a1b2c3d.png"],
  ["an og picture of no platform", "mina/cats/platform/_og.png"],
  ["a picture of a topic that is called branding", "mina/branding/supporting/0a1b2c3d.jpg"],
  ["thumbnails", "thumbnails/cats/hero.jpg"],
  ["trash", "trash/branding/logo.png"],
  ["backups", "backups/cats/hero.jpg"],
  ["labels", "labels/cats/hero.jpg"],
  ["references", "references/cats/hero.jpg"],
  ["generated", "generated/cats/hero.jpg"],
  ["uploads", "uploads/cats/supporting/0a1b2c3d.jpg"],
  ["incoming", "incoming/cats/hero.jpg"],
  ["originals", "originals/cats/hero.jpg"],
  ["trash in another case", "TRASH/cats/hero.jpg"],
  ["the folder above", "../cats/hero.jpg"],
])("%s: %j is none", (_what, key) => {
  expect(parseIngestKey(key)).toBeNull();
});

test.each([
  ["jun-park", null],
  ["default", null],
  ["정 호석", null],
  ["a.b", null],
  [".b", null],
  ["e".repeat(200), null],
  ["🙂".repeat(200), null],
  ["trashed", null],
  ["", "The owner is empty."],
  ["e".repeat(201), "The owner is longer than 200 characters."],
  ["team/mina", "The owner contains a slash, which separates the parts of a key."],
  ["team\\mina", "The owner contains a slash, which separates the parts of a key."],
  ["a\nb", "The owner contains a character that cannot be seen."],
  ["a\u0000", "The owner contains a character that cannot be seen."],
  ["a\u200b", "The owner contains a character that cannot be seen."],
  ["a\ud83d", "The owner contains a character that cannot be seen."],
  [" a", "The owner begins or ends with a space."],
  ["a\u3000", "The owner begins or ends with a space."],
  [".", "The owner contains dots that are not safe in a key."],
  ["..", "The owner contains dots that are not safe in a key."],
  ["a..b", "The owner contains dots that are not safe in a key."],
  ["trash", "The owner is called like a folder that the bucket has for something else."],
  ["Thumbnails", "The owner is called like a folder that the bucket has for something else."],
  ["INCOMING", "The owner is called like a folder that the bucket has for something else."],
])("%j as the owner of a key: %s", (owner, why) => {
  expect(whyNoOwner(owner)).toBe(why);
  expect(isOwnerName(owner)).toBe(why === null);
});
