import { expect, test } from "vitest";
import { troublesOf } from "~/features/monitoring/check";
import { judgeBackups } from "./backup.server";
import { judgeRehearsal } from "./restore-rehearsal.server";

const at = new Date("2026-11-30T12:00:00Z");
const HOUR_MS = 60 * 60_000;
const hoursAgo = (hours: number) => at.getTime() - hours * HOUR_MS;

const last = (hours: number) => ({
  key: "backups/2026/a.db.gz",
  takenAt: hoursAgo(hours),
  bytes: 24_000_000,
  databaseBytes: 96_000_000,
});
const failure = (hours: number) => ({ runId: 7, endedAt: hoursAgo(hours), sentence: "Access was refused." });
const none = { last: null, count: 0, broken: [], failure: null, dueSince: null };
const cut = "“backups/2026/b.db.gz” has 5 bytes, and its manifest says 9: it was cut or replaced.";

test.each<[what: string, found: Partial<Parameters<typeof judgeBackups>[0]>, verdict: string, alerts: number]>([
  ["the first time that it is measured", {}, "none", 0],
  ["none on the first day", { dueSince: hoursAgo(20) }, "none", 0],
  ["none after the first night", { dueSince: hoursAgo(27) }, "none", 1],
  ["none on the first day, for the first run failed", { dueSince: hoursAgo(20), failure: failure(1) }, "failing", 1],
  ["one of this night", { last: last(10), count: 12 }, "fresh", 0],
  ["one from a clock that was ahead", { last: last(-3), count: 1 }, "fresh", 0],
  ["one of 26 hours ago", { last: last(26), count: 12 }, "fresh", 0],
  ["one of 27 hours ago", { last: last(27), count: 12 }, "old", 1],
  ["one of this night, and a failure since", { last: last(10), failure: failure(1) }, "failing", 1],
  ["one of this night, after a failure", { last: last(10), failure: failure(11) }, "fresh", 0],
  ["an old one, and failures since", { last: last(50), failure: failure(2) }, "old", 1],
  ["an old one, for newer ones were cut", { last: last(50), broken: [cut] }, "old", 1],
])("%s", (_what, found, verdict, alerts) => {
  const judgement = judgeBackups({ ...none, ...found }, at);
  expect(judgement.verdict).toBe(verdict);
  expect(troublesOf(judgement, "/")).toHaveLength(alerts);
  if (found.failure && verdict !== "fresh")
    expect(judgement.sentence).toContain("Run 7 made none: Access was refused.");
  if (found.broken) expect(judgement.sentence).toContain(cut);
});

test("an old backup says which, from when, and what to do", () => {
  expect(judgeBackups({ ...none, last: last(27), count: 3 }, at)).toEqual({
    verdict: "old",
    level: "bad",
    sentence:
      "The newest whole backup is of 29 Nov 2026, 09:00:00 UTC: “backups/2026/a.db.gz” (24\u202fMB, 96\u202fMB unpacked). That is 27\u202fh 0\u202fmin ago. Look whether a worker runs and the schedule is on. Start “Back up database” on the page Jobs.",
    value: 27 * 3_600,
  });
});

const found = { key: "backups/2026/a.db.gz", takenAt: 0, databaseBytes: 96_000_000, rows: 1_200, seconds: 4 };
const ended = (days: number) => ({ runId: 9, endedAt: hoursAgo(days * 24), sentence: null, found });

test.each<[what: string, found: Parameters<typeof judgeRehearsal>[0], verdict: string, alerts: number]>([
  ["none, in the first month", { last: null, dueSince: hoursAgo(24 * 30) }, "none", 0],
  ["none, after that", { last: null, dueSince: hoursAgo(24 * 36) }, "none", 1],
  ["one this month", { last: ended(20), dueSince: null }, "passed", 0],
  ["one of 36 days ago", { last: ended(36), dueSince: null }, "old", 1],
  ["one that failed", { last: { ...ended(1), sentence: "It was cut.", found: null }, dueSince: null }, "failed", 1],
])("a rehearsal: %s", (_what, reading, verdict, alerts) => {
  const judgement = judgeRehearsal(reading, at);
  expect(judgement.verdict).toBe(verdict);
  expect(troublesOf(judgement, "/")).toHaveLength(alerts);
});
