import { expect, test } from "vitest";
import { savedWords } from "./saved-words";

const saved = { id: 7, name: "Tones", version: 3, isNew: true };

test.each([
  ["a new version", saved, "Tones", "2", "“Tones” v3 was saved."],
  ["the first version", { ...saved, version: 1 }, "Tones", undefined, "“Tones” v1 was saved."],
  [
    "a version that someone else's came before",
    saved,
    "Tones",
    "1",
    "“Tones” v3 was saved. v2 was saved while you were editing: compare them before you start a run.",
  ],
  [
    "a version that several came before",
    { ...saved, version: 5 },
    "Tones",
    "1",
    "“Tones” v5 was saved. v2 to v4 were saved while you were editing: compare them before you start a run.",
  ],
  [
    "what was kept before",
    { ...saved, isNew: false },
    "Tones",
    "3",
    "Nothing was saved: this is exactly what “Tones” v3 asks.",
  ],
  [
    "what another prompt asks",
    { ...saved, isNew: false },
    "Colors",
    undefined,
    "Nothing was saved: “Tones” v3 asks exactly this, under another name.",
  ],
])("says what came of %s", (_what, one, asked, newest, words) => {
  expect(savedWords(one, asked, newest)).toBe(words);
});
