import { expect, test } from "vitest";
import { factsOf, type ObjectFacts } from "./object-facts";

const roots = [{ name: "Model", prefix: "references/01. Model/" }];

test.each<[key: string, facts: ObjectFacts]>([
  [
    "references/01. Model/front_warm/reference.JPG",
    { kind: "reference", owner: null, root: "Model", format: "jpeg", article: null },
  ],
  ["references/notes", { kind: "reference", owner: null, root: null, format: "none", article: null }],
  ["generated/u-1/2026/11/a.png", { kind: "generated", owner: "u-1", root: null, format: "png", article: null }],
  ["mina/cats/hero.webp", { kind: "upload", owner: "mina", root: null, format: "webp", article: "mina/cats" }],
  ["mina/branding/logo.png", { kind: "upload", owner: "mina", root: null, format: "png", article: null }],
  ["loose.file.with-a.veryLongEnding", { kind: "other", owner: null, root: null, format: "none", article: null }],
  ["thumbnails/ab/abcd.webp", { kind: "thumbnail", owner: undefined, root: null, format: "webp", article: null }],
  ["trash/mina/cats/hero.png", { kind: "trash", owner: undefined, root: null, format: "png", article: null }],
  ["backups/2026-11-29.db.gz", { kind: "backup", owner: undefined, root: null, format: "gz", article: null }],
  ["labels/labels.ndjson", { kind: "labels", owner: undefined, root: null, format: "ndjson", article: null }],
  [
    "originals/run-3/mina/cats/hero.png",
    { kind: "original", owner: undefined, root: null, format: "png", article: null },
  ],
  ["incoming/a.part", { kind: "incoming", owner: undefined, root: null, format: "part", article: null }],
  ["generated/u-1/", { kind: "folder", owner: undefined, root: null, format: "none", article: null }],
  [".png", { kind: "other", owner: null, root: null, format: "none", article: null }],
])("%s", (key, facts) => {
  expect(factsOf(key, roots)).toEqual(facts);
});
