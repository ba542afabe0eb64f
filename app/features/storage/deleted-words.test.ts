import { expect, test } from "vitest";
import { deletedWords, hiddenWords } from "./deleted-words";

test.each([
  ["off", "3 originals are deleted for good."],
  [
    "enabled",
    "3 originals are deleted. The bucket keeps versions, so each stays behind as a hidden version until a rule or a person removes that.",
  ],
  [
    "suspended",
    "3 originals are deleted. Versions are suspended in this bucket: each that was written while they were kept stays behind as a hidden version.",
  ],
  [
    "unknown",
    "3 originals are deleted. Whether the bucket keeps versions is not known: if it does, each stays behind as a hidden version, else it is gone for good.",
  ],
] as const)("what a delete makes where versions are “%s”", (versions, sentence) => {
  expect(deletedWords("3 originals are", versions)).toBe(sentence);
  expect(hiddenWords(versions) !== null).toBe(versions !== "off");
});
