import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { GroupActionRequest } from "~/features/attribute-groups/actions/group-actions.server";
import { UsageError, type Values } from "../run-script/run-script";
import { readAction, readInput } from "./read-action";

const root = "Model";
const a = "references/01. Model/front_warm/01.png";
const b = "references/01. Model/front_warm/two words.png";

test.each<[Values, string, GroupActionRequest]>([
  [
    { KIND: "rename-group", KEY: [], root, group: "front_warm", name: "back_warm" },
    "",
    { kind: "rename-group", root, group: "front_warm", name: "back_warm" },
  ],
  [
    { KIND: "merge-groups", KEY: [], root, group: "front_warm", into: "back_warm" },
    "",
    { kind: "merge-groups", root, group: "front_warm", into: "back_warm" },
  ],
  [
    { KIND: "move-images", KEY: [a, b], root, to: "back_warm" },
    "",
    { kind: "move-images", root, to: "back_warm", keys: [a, b] },
  ],
  [
    { KIND: "quarantine-objects", KEY: ["-"], root },
    `${a}\r\n\n${b}`,
    { kind: "quarantine-objects", root, keys: [a, b] },
  ],
  [{ KIND: "set-reference", KEY: [a], root }, "", { kind: "set-reference", root, key: a }],
  [{ KIND: "set-reference", KEY: ["-"], root }, `${b}\n`, { kind: "set-reference", root, key: b }],
])("%j", async (values, input, action) => {
  expect(() => readInput(values)).not.toThrow();
  expect(await readAction(values, Readable.from([input]))).toEqual(action);
});

test.each<[string, Values, string]>([
  [
    "an unknown action",
    { KIND: "copy-group", root },
    "“copy-group” is not an action: choose rename-group, merge-groups, move-",
  ],
  ["an inherited name", { KIND: "toString", root }, "“toString” is not an action"],
  ["no root", { KIND: "rename-group", group: "x", name: "y" }, "rename-group needs --root."],
  ["a missing option", { KIND: "rename-group", root, group: "x" }, "rename-group needs --name."],
  ["an empty option", { KIND: "merge-groups", root, group: "x", into: "" }, "merge-groups needs --into."],
  [
    "another action's option",
    { KIND: "move-images", root, to: "x", into: "y", KEY: [a] },
    "move-images has no --into.",
  ],
  ["no key", { KIND: "quarantine-objects", root, KEY: [] }, "quarantine-objects needs at least one KEY."],
  ["a key too many", { KIND: "set-reference", root, KEY: [a, b] }, "set-reference needs one KEY."],
  [
    "a key where none is taken",
    { KIND: "rename-group", root, group: "x", name: "y", KEY: [a] },
    "rename-group takes no key",
  ],
])("%s makes no sense by itself", (_what, values, sentence) => {
  expect(() => readInput(values)).toThrow(UsageError);
  expect(() => readInput(values)).toThrow(sentence);
});

test.each<[string, Values, string, string]>([
  ["no key", { KIND: "quarantine-objects", root, KEY: ["-"] }, "\n", "takes 1 to 1,000 keys, not 0."],
  [
    "too many keys",
    { KIND: "quarantine-objects", root, KEY: ["-"] },
    `${a}\n`.repeat(1_001),
    "takes 1 to 1,000 keys, not 1,001.",
  ],
  ["two keys where one is needed", { KIND: "set-reference", root, KEY: ["-"] }, `${a}\n${b}\n`, "needs one KEY."],
])("%s on standard input", async (_what, values, input, sentence) => {
  await expect(readAction(values, Readable.from([input]))).rejects.toThrow(sentence);
});
