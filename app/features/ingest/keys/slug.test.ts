import { expect, test } from "vitest";
import { baseSlug, fallbackSlug } from "./fallback-slug.server";
import { modelSlug, nameSlug, shortenSlug, slugOf, tidyTopic } from "./slug";

test.each([
  ["Größenübersicht für Füße", "groessenuebersicht-fuer-fuesse"],
  ["GRÖẞE, ÄRGER UND ÜBUNG", "groesse-aerger-und-uebung"],
  ["Gro\u0308ße, A\u0308rger", "groesse-aerger"],
  ["Straße", "strasse"],
  ["Crème brûlée à la carte", "creme-brulee-a-la-carte"],
  ["Cre\u0300me bru\u0302le\u0301e", "creme-brulee"],
  ["Łódź žluťoučký", "lodz-zlutoucky"],
  ["Đặng Þór Ærø, œuvre", "dang-thor-aero-oeuvre"],
  ["İstanbul ığ", "istanbul-ig"],
  ["인물 사진 모음", "inmul-sajin-moeum"],
  ["인물 사진".normalize("NFD"), "inmul-sajin"],
  ["ポートレート", "potoreto"],
  ["ポートレート".normalize("NFD"), "potoreto"],
  ["ひらがな", "hiragana"],
  ["サンプル・テスト", "sanpuru-tesuto"],
  ["ｶﾒﾗ", "kamera"],
  ["写真の部屋", "xie-zhen-no-bu-wu"],
  ["Москва, объект", "moskva-obekt"],
  ["Ελλάδα", "ellada"],
  ["  A --  B__c/d.e ", "a-b-c-d-e"],
  ["a&b 'c' 2026!", "a-b-c-2026"],
  ["Foto\u00adalbum", "fotoalbum"],
  ["smile😀cat", "smile-cat"],
  ["① ﬁne Ⅷ", "1-fine-viii"],
  ["branding", "topic-branding"],
  [" BRÄNDING ", "braending"],
  ["Branding!", "topic-branding"],
  ["Branding 2", "branding-2"],
  ["", null],
  ["!!! … —", null],
  ["😀 🎉 ❤️ 🇩🇪 👩‍👩‍👧", null],
  ["©®", null],
  ["ー", null],
])("%j → %j", (topic, slug) => {
  expect(slugOf(topic)).toBe(slug);
});

test.each([
  ["a whole slug of 60 characters", "a".repeat(60), "a".repeat(60)],
  ["one word of 61", "a".repeat(61), "a".repeat(60)],
  ["a word that ends at 60", `${"a".repeat(30)} ${"b".repeat(29)} c`, `${"a".repeat(30)}-${"b".repeat(29)}`],
  ["a word that ends at 40", `${"a".repeat(40)} ${"b".repeat(30)}`, "a".repeat(40)],
  ["a word that ends at 39, too early", `${"a".repeat(39)} ${"b".repeat(30)}`, `${"a".repeat(39)}-${"b".repeat(20)}`],
  ["letters that become two", "ß".repeat(300), "s".repeat(60)],
  ["300 characters of words", "Portrait ".repeat(34), "portrait-portrait-portrait-portrait-portrait-portrait"],
  ["300 characters of Han", "写".repeat(300), Array.from({ length: 15 }, () => "xie").join("-")],
])("a topic is cut where a word ends in the last third: %s", (_what, topic, slug) => {
  expect(slugOf(topic)).toBe(slug);
});

test.each([
  ["abc-def-ghi", 9, "abc-def"],
  ["abc-def-ghi", 8, "abc-def"],
  ["abc-def-ghi", 7, "abc-def"],
  ["abc-def-ghi", 11, "abc-def-ghi"],
  ["a-bcdefghi", 2, "a"],
])("%s in %i characters: %s", (slug, length, expected) => {
  expect(shortenSlug(slug, length)).toBe(expected);
});

test.each([
  ["gemini-nano-banana-2.1", "gemini-nano-banana-2.1"],
  ["Gemini 3 Pro (Image)", "gemini-3-pro-image"],
  ["openai/gpt-image-1.5", "openai-gpt-image-1.5"],
  ["..v1...2.", "v1.2"],
  [".", null],
  ["🍌", null],
  [`${"m".repeat(59)}.2`, "m".repeat(59)],
])("the model %j is %j in a key", (model, slug) => {
  expect(modelSlug(model)).toBe(slug);
});

test("a branding or a platform may be called branding", () => {
  expect(nameSlug("Branding")).toBe("branding");
});

test.each([
  ["  a\t b \n c\u3000", "a b c"],
  ["a\u0000b", "a b"],
  ["u\u0308", "ü"],
  ["a\ud83db", "a\ufffdb"],
])("%j is the topic %j", (typed, topic) => {
  expect(tidyTopic(typed)).toBe(topic);
});

test.each([
  ["😀", "topic-f0443a34"], // printf 😀 | sha256sum
  ["—", "topic-bda05058"],
])("%s has the slug %s of its hash", (topic, slug) => {
  expect(fallbackSlug(topic)).toBe(slug);
  expect(baseSlug(` ${topic}\n`)).toBe(slug);
});

test("a topic's hash is the same however it is composed, and one that can be romanized needs none", () => {
  expect(fallbackSlug("u\u0308")).toBe(fallbackSlug("ü"));
  expect(baseSlug("ü")).toBe("ue");
});
