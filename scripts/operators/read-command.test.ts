import { expect, test } from "vitest";
import { readCommand } from "./read-command";

test.each([
  [["list"], {}, { do: "list" }],
  [["add", "Jun@Diffs.studio"], {}, { do: "add", email: "jun@diffs.studio", role: "viewer" }],
  [["add", "jun@diffs.studio"], { role: "admin" }, { do: "add", email: "jun@diffs.studio", role: "admin" }],
  [["role", "jun@diffs.studio", "admin"], {}, { do: "role", email: "jun@diffs.studio", role: "admin" }],
  [["remove", "jun@diffs.studio"], {}, { do: "remove", email: "jun@diffs.studio" }],
  [["release", "jun@diffs.studio"], {}, { do: "release", email: "jun@diffs.studio" }],
  [["end-sessions", "jun@diffs.studio"], {}, { do: "end-sessions", email: "jun@diffs.studio" }],
])("%j %j is read", (words, options, command) => {
  expect(readCommand(words, { apply: false, ...options })).toEqual(command);
});

test.each([
  [[], {}, "Nothing is said to do: give list, add, role, remove, release or end-sessions."],
  [["delete", "jun@diffs.studio"], {}, "“delete” is not known: give list, add,"],
  [["list", "jun@diffs.studio"], {}, "list takes --json only."],
  [["list"], { apply: true }, "list takes --json only."],
  [["remove"], {}, "Give the EMAIL: remove EMAIL."],
  [["remove", "jun"], {}, "“jun” is not an email address."],
  [["remove", "jun@diffs.studio", "mina@diffs.studio"], {}, "Give one EMAIL, not “mina@diffs.studio” too."],
  [["remove", "jun@diffs.studio"], { role: "viewer" }, "--role works with add only."],
  [["add", "jun@diffs.studio", "admin"], {}, "Give one EMAIL, not “admin” too."],
  [["add", "jun@diffs.studio"], { role: "owner" }, "“owner” is not a role: give viewer, operator or admin."],
  [["role", "jun@diffs.studio"], {}, "“” is not a role: give viewer, operator or admin."],
  [["role", "jun@diffs.studio", "viewer", "admin"], {}, "Give one ROLE."],
  [["role", "jun@diffs.studio", "viewer"], { role: "admin" }, "role takes the role as its last word: role EMAIL ROLE."],
])("%j %j is a usage error", (words, options, sentence) => {
  expect(() => readCommand(words, { apply: false, ...options })).toThrow(sentence);
});
