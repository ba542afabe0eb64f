import { expect, test } from "vitest";
import { readCommand } from "./read-command";

test.each([
  [["list"], {}, { do: "list" }],
  [["add", "Image Agent"], {}, { do: "add", client: "image agent" }],
  [["rotate", "image agent"], {}, { do: "rotate", client: "image agent", keptDays: 7 }],
  [["rotate", "image agent"], { keepDays: "0" }, { do: "rotate", client: "image agent", keptDays: 0 }],
  [["revoke", "3"], {}, { do: "revoke", tokenId: 3 }],
])("%j %j is read", (words, options, command) => {
  expect(readCommand(words, { apply: false, ...options })).toEqual(command);
});

test.each([
  [[], {}, "Nothing is said to do: give list, add, rotate or revoke."],
  [["remove", "3"], {}, "“remove” is not known: give list, add, rotate or revoke."],
  [["list", "agent"], {}, "list takes --json only."],
  [["list"], { apply: true }, "list takes --json only."],
  [["add"], {}, "Give the PROGRAM: add PROGRAM."],
  [
    ["add", "image", "agent"],
    {},
    "Give one PROGRAM, not “agent” too. Write a name of several words in quotation marks.",
  ],
  [["add", "environment"], {}, "“environment” stands for REFERENCE_TOKEN. Choose another name."],
  [["add", "agent"], { keepDays: "7" }, "--keep-days works with rotate only."],
  [["rotate", "agent"], { keepDays: "a week" }, "A former token goes on for 0 to 90 days, not “a week”."],
  [["revoke"], {}, "Give the TOKEN: revoke TOKEN."],
  [["revoke", "agent"], {}, "“agent” is not the number of a token. list shows them."],
  [["revoke", "3", "4"], {}, "Give one TOKEN, not “4” too."],
])("%j %j is a usage error", (words, options, sentence) => {
  expect(() => readCommand(words, { apply: false, ...options })).toThrow(sentence);
});
