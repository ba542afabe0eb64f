import { expect, test } from "vitest";
import { offeredCommands, type RunCommandName, type UndoFacts } from "./allowed";
import type { RunStatus } from "./status";

type Facts = Omit<Parameters<typeof offeredCommands>[0], "status">;

const at = new Date("2026-11-20T10:00:00Z");
const later = new Date("2026-11-21T10:00:00Z");
const counts = { planned: 10, succeeded: 0, failed: 0, skipped: 0 };
const run: Facts = { ...counts, startedAt: at, expiresAt: later, itemsRemovedAt: null, asOf: at };
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
  ["done, its items removed", "succeeded", { succeeded: 10, itemsRemovedAt: later }, succeeded, []],
])("%s: what its page offers", (_what, status, facts, undo, offered) => {
  expect(offeredCommands({ ...run, ...facts, status }, undo)).toEqual(offered);
});
