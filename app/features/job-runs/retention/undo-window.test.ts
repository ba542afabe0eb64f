import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { TRASH_DAYS, UNDO_DAYS, undoEnds } from "./undo-window";

const day = (days: number) => new Date(Date.UTC(2026, 0, 1 + days));

test.each<[what: string, startedAt: Date | null, finishedAt: Date | null, ends: Date | null]>([
  ["under way", day(0), null, null],
  ["done within a day", day(0), day(0), day(90)],
  ["given up before it started", null, day(3), day(93)],
  ["paused for 20 days", day(0), day(20), day(110)],
  ["paused for 60 days, its first objects in the trash for as long", day(0), day(60), day(110)],
  ["paused for 200 days", day(0), day(200), day(110)],
])("%s: when its undo ends", (_what, startedAt, finishedAt, ends) => {
  expect(undoEnds({ startedAt, finishedAt })).toEqual(ends);
});

test("terraform keeps trash/ for longer than anything in it can be put back", () => {
  const folder = path.resolve(import.meta.dirname, "../../../../terraform");
  const text = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tf"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("\n");
  const variable = /variable "trash_days" \{[\s\S]*?\n\}/.exec(text)?.[0] ?? "";
  const default_ = Number(/default\s*=\s*(\d+)/.exec(variable)?.[1]);
  const least = Number(/var\.trash_days >= (\d+)/.exec(variable)?.[1]);
  expect({ default: default_, least }).toEqual({ default: TRASH_DAYS, least: TRASH_DAYS });
  expect(text).toMatch(/prefix\s*=\s*"trash\/"\s*\}\s*expiration \{\s*days\s*=\s*var\.trash_days/);
  expect(TRASH_DAYS).toBeGreaterThanOrEqual(UNDO_DAYS + 30);
});
