import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { chooseKept } from "./choose-kept";

const DAY_MS = 24 * 60 * 60_000;
const backup = (time: string) => ({ takenAt: new Date(time) });
/** One each night, the newest first. */
const nightly = (nights: number, last = "2026-11-30T02:20:00Z") =>
  Array.from({ length: nights }, (_, n) => ({ takenAt: new Date(Date.parse(last) - n * DAY_MS) }));

const keptOf = (backups: { takenAt: Date }[], now: string) =>
  [...chooseKept(backups, new Date(now))].map(({ takenAt }) => takenAt.toISOString().slice(0, 16)).sort();

test.each<[what: string, backups: string[], now: string, removed: string[]]>([
  ["none", [], "2026-11-30T03:00Z", []],
  ["one, however old", ["2020-01-01T02:20Z"], "2026-11-30T03:00Z", []],
  [
    "all of the last two days, though several are of one day",
    ["2026-11-30T02:20Z", "2026-11-30T01:00Z", "2026-11-29T09:00Z", "2026-11-29T02:20Z", "2026-11-28T09:00Z"],
    "2026-11-30T03:00Z",
    [],
  ],
  [
    "of an earlier day its last one",
    ["2026-11-30T02:20Z", "2026-11-27T18:00Z", "2026-11-27T02:20Z"],
    "2026-11-30T03:00Z",
    ["2026-11-27T02:20"],
  ],
  [
    "after a year without any, all that there were",
    ["2025-11-03T02:20Z", "2025-11-02T02:20Z", "2025-11-01T02:20Z"],
    "2026-11-30T03:00Z",
    [],
  ],
  [
    "one from a clock that was ten years ahead costs no other",
    ["2036-01-01T00:00Z", ...nightly(5).map(({ takenAt }) => takenAt.toISOString())],
    "2026-11-30T03:00Z",
    [],
  ],
])("%s", (_what, times, now, removed) => {
  const backups = times.map(backup);
  const kept = keptOf(backups, now);
  const all = backups.map(({ takenAt }) => takenAt.toISOString().slice(0, 16));
  expect(all.filter((one) => !kept.includes(one))).toEqual(removed);
});

test("of a hundred nights: the last 14, the last of 8 weeks, the last of each month", () => {
  expect(keptOf(nightly(100), "2026-11-30T03:00Z").map((time) => time.slice(0, 10))).toEqual([
    ...["2026-08-31", "2026-09-30"],
    ...["2026-10-18", "2026-10-25", "2026-10-31", "2026-11-01", "2026-11-08", "2026-11-15"],
    ...["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"],
    ...["2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"],
  ]);
});

test("three years of nights, cleared each night: some thirty at a time, none older than the bucket lets it be", () => {
  let there: { takenAt: Date }[] = [];
  let [most, oldestDays] = [0, 0];
  for (const night of nightly(3 * 365).reverse()) {
    there = [...chooseKept([...there, night], night.takenAt)];
    most = Math.max(most, there.length);
    const oldest = Math.min(...there.map(({ takenAt }) => takenAt.getTime()));
    oldestDays = Math.max(oldestDays, (night.takenAt.getTime() - oldest) / DAY_MS);
  }
  expect(most).toBeLessThanOrEqual(34);
  expect(there.length).toBeGreaterThan(28);
  const variable = /variable "backup_days" \{[\s\S]*?\n\}/.exec(readFileSync("terraform/variables.tf", "utf8"))?.[0];
  const backupDays = Number(/default\s*=\s*(\d+)/.exec(variable ?? "")?.[1]);
  const least = Number(/var\.backup_days >= (\d+)/.exec(variable ?? "")?.[1]);
  expect([backupDays, least]).toEqual([400, 400]);
  expect(oldestDays).toBeLessThan(backupDays);
  expect(oldestDays).toBeGreaterThan(330);
});
