import { expect, test } from "vitest";
import { offeredCommands, type RunCommandName, type UndoFacts, undoTimeInWords } from "./allowed";
import type { RunStatus } from "./status";

type Facts = Omit<Parameters<typeof offeredCommands>[0], "status">;

const at = new Date("2026-11-20T10:00:00Z");
const later = new Date("2026-11-21T10:00:00Z");
const counts = { planned: 10, succeeded: 0, failed: 0, skipped: 0 };
const run: Facts = { ...counts, startedAt: at, finishedAt: null, expiresAt: later, itemsRemovedAt: null, asOf: at };
const day = (days: number) => new Date(at.getTime() + days * 24 * 60 * 60_000);
const over = { succeeded: 10, finishedAt: at };
const succeeded: UndoFacts = { way: "what succeeded", isUndone: false };
const begun: UndoFacts = { way: "what was started", isUndone: false };

test.each<[what: string, RunStatus, facts: Partial<Facts>, UndoFacts, RunCommandName[]]>([
  ["being planned", "planning", {}, succeeded, ["cancel"]],
  ["a plan", "planned", {}, succeeded, ["apply", "cancel"]],
  ["a plan of nothing", "planned", { planned: 0 }, succeeded, ["cancel"]],
  ["a plan older than a day", "planned", { asOf: later }, succeeded, ["cancel"]],
  ["waiting for a worker", "pending", {}, succeeded, ["pause", "cancel"]],
  ["running, some failed", "running", { failed: 1 }, succeeded, ["pause", "cancel", "retry"]],
  ["paused", "paused", {}, succeeded, ["resume", "cancel"]],
  ["done", "succeeded", { succeeded: 10 }, succeeded, ["undo"]],
  ["done, some failed", "succeeded", { succeeded: 9, failed: 1 }, succeeded, ["retry", "undo"]],
  ["done, all skipped", "succeeded", { skipped: 10 }, begun, []],
  ["given up, some failed", "cancelled", { succeeded: 1, failed: 1 }, succeeded, ["undo"]],
  ["given up before anything was done", "cancelled", {}, succeeded, []],
  ["given up with moves begun", "cancelled", {}, begun, ["undo"]],
  ["ended by an error, moves begun", "failed", { failed: 1 }, begun, ["undo"]],
  ["a scan that is done", "succeeded", { succeeded: 10 }, { way: "none", isUndone: false }, []],
  ["undone", "succeeded", { succeeded: 9, failed: 1 }, { ...succeeded, isUndone: true }, []],
  ["done, its items removed", "succeeded", { ...over, itemsRemovedAt: later, asOf: later }, succeeded, []],
  [
    "done, a moment before its undo ends",
    "succeeded",
    { ...over, asOf: new Date(day(90).getTime() - 1) },
    succeeded,
    ["undo"],
  ],
  ["done, 90 days ago", "succeeded", { ...over, asOf: day(90) }, succeeded, []],
])("%s: what its page offers", (_what, status, facts, undo, offered) => {
  expect(offeredCommands({ ...run, ...facts, status }, undo)).toEqual(offered);
});

const none: UndoFacts = { way: "none", isUndone: false };
test.each<[what: string, facts: Partial<Facts>, UndoFacts, words: string | null]>([
  ["running", { succeeded: 10 }, succeeded, null],
  ["done", over, succeeded, "Can be undone until 18 Feb 2027"],
  ["done, undone", over, { ...succeeded, isUndone: true }, null],
  ["done, of a kind without an undo", over, none, null],
  ["done, nothing changed", { ...over, succeeded: 0, skipped: 10 }, succeeded, null],
  [
    "done 90 days ago",
    { ...over, asOf: day(90) },
    succeeded,
    "Could be undone until 18 Feb 2027; its items and what it moved to trash/ are no longer kept",
  ],
  [
    "done, its items removed before",
    { ...over, asOf: day(60), itemsRemovedAt: day(30) },
    succeeded,
    "Could be undone until 20 Dec 2026; its items and what it moved to trash/ are no longer kept",
  ],
])("%s: until when its page says it can be undone", (_what, facts, undo, words) => {
  expect(undoTimeInWords({ ...run, ...facts, status: "succeeded" }, undo)).toBe(words);
});
