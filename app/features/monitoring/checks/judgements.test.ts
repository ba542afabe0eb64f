import { describe, expect, test } from "vitest";
import type { Judgement } from "~/features/monitoring/check";
import { judgeLabelsFile } from "./labels-file.server";
import { judgeMissedSlots } from "./missed-slots.server";
import { judgeSpend } from "./spend.server";
import { judgeThumbnails } from "./thumbnails.server";

/** "verdict level value sentence" of each case. */
const line = ({ verdict, level, value, sentence }: Judgement) => `${verdict} · ${level} · ${value} · ${sentence}`;

describe("thumbnails", () => {
  const of = (missing: number, isBackfilling = false) => ({ missing, isBackfilling });
  test.each([
    [of(0), null, "healthy · ok · 0 · Every readable image has its thumbnail."],
    [of(40), null, "healthy · ok · 40 · 40 images have no thumbnail yet."],
    [of(40), of(0), "healthy · ok · 40 · 40 images have no thumbnail yet."],
    [of(40, true), of(60), "at work · ok · 40 · 40 images have no thumbnail; a backfill is under way."],
    [
      of(1),
      of(1),
      "missing · warn · 1 · 1 image has no thumbnail, and no backfill is under way. Start “Backfill thumbnails” on the page Jobs.",
    ],
  ])("%o after %o", (now, last, expected) => {
    expect(line(judgeThumbnails(now, last))).toBe(expected);
  });
});

test("each schedule that missed a time is a trouble of its own", () => {
  expect(line(judgeMissedSlots({ schedules: [] }))).toBe("healthy · ok · 0 · No schedule has missed a time.");
  const judged = judgeMissedSlots({
    schedules: [
      { id: "audit-groups", title: "Audit attribute groups", missed: 4, since: Date.UTC(2026, 10, 29, 2, 30) },
      { id: "thin-snapshots", title: "Thin audits", missed: 1, since: null },
    ],
  });
  expect(judged).toMatchObject({ verdict: "missed", level: "warn", value: 5 });
  expect(judged.troubles?.map(({ about, sentence }) => [about, sentence])).toEqual([
    [
      "audit-groups",
      "“Audit attribute groups” missed 4 times since 29 Nov 2026, 02:30:00 UTC, because no worker ran. Run it now if it is needed, then dismiss them.",
    ],
    [
      "thin-snapshots",
      "“Thin audits” missed 1 time, because no worker ran. Run it now if it is needed, then dismiss them.",
    ],
  ]);
});

test.each([
  [{ spentUsd: 0 }, "healthy · ok · 0 · $0.00 spent this month; last month took $0.00."],
  [{ spentUsd: 9.9 }, "healthy · ok · 9.9 · $9.90 spent this month; last month took $0.00."],
  [
    { spentUsd: 9, reservedUsd: 1.5, lastMonthUsd: 1 },
    "high · warn · 10.5 · $9.00 spent this month, and $1.50 is reserved; last month took $1.00. Look at the label runs that are under way.",
  ],
  [{ spentUsd: 18, lastMonthUsd: 9 }, "healthy · ok · 18 · $18.00 spent this month; last month took $9.00."],
  [
    { spentUsd: 39.9, lastMonthUsd: 1, budgetUsd: 50 },
    "healthy · ok · 39.9 · $39.90 of $50.00 spent this month; last month took $1.00.",
  ],
  [
    { spentUsd: 38, reservedUsd: 2, budgetUsd: 50 },
    "near budget · warn · 40 · $38.00 of $50.00 spent this month, and $2.00 is reserved; last month took $0.00. Look at the label runs that are under way.",
  ],
  [
    { spentUsd: 51, budgetUsd: 50 },
    "over budget · bad · 51 · $51.00 of $50.00 spent this month; last month took $0.00. Look at the label runs that are under way.",
  ],
])("spend of %o", (found, expected) => {
  expect(line(judgeSpend({ reservedUsd: 0, lastMonthUsd: 0, budgetUsd: null, ...found }))).toBe(expected);
});

const same = {
  ...{ inBoth: 3, onlyHere: 0, onlyInFile: 0, unknown: 0, otherValue: 0, otherBytes: 0, otherOrigin: 0, unread: 0 },
  first: [],
};

test.each([
  [same, "healthy · ok · 0 · labels/personas.json has the labels of the database."],
  [
    { ...same, onlyHere: 2 },
    "ahead · ok · 2 · labels/personas.json and the database differ: 2 labels only in the database. scripts/export-labels.ts brings them to the repository.",
  ],
  [
    { ...same, onlyInFile: 2, onlyHere: 1 },
    "behind · warn · 3 · labels/personas.json and the database differ: 1 label only in the database; 2 labels only in the file. Plan the import on the overview.",
  ],
  [{ problem: "Line 3 is no JSON." }, "unreadable · bad · null · Line 3 is no JSON."],
])("labels in file and database: %o", (found, expected) => {
  expect(line(judgeLabelsFile(found))).toBe(expected);
});
