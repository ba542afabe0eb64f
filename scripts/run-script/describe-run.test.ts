import { describe, expect, test } from "vitest";
import type { RunDetails } from "~/features/job-runs/views/run-view";
import { runToJson, runToText } from "./describe-run";

const at = new Date("2026-11-20T10:00:00Z");
const planned: RunDetails = {
  id: 7,
  kind: "backfill-thumbnails",
  title: "Backfill thumbnails",
  status: "planned",
  lane: "bulk",
  actorName: "mina (script)",
  autoApply: false,
  undoOfId: null,
  itemsRemovedAt: null,
  expiresAt: null,
  planHash: "hash",
  summary: null,
  planned: 1_200,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  done: 0,
  ratePerSecond: null,
  etaSeconds: null,
  seconds: null,
  failures: [],
  error: null,
  pauseReason: null,
  pausedUntil: null,
  waiting: null,
  parked: null,
  createdAt: at,
  plannedAt: at,
  appliedAt: null,
  startedAt: null,
  finishedAt: null,
  asOf: at,
};

describe("runToText", () => {
  test("prints all that a plan says: what it costs, what stands in its way, its own facts", () => {
    const summary = {
      bytes: 2_003_000,
      s3Calls: 2_400,
      quote: { expectedUsd: 0.0125, mostUsd: 0.5 },
      conflicts: { count: 3, sample: ["a.png has changed since", "b.png is gone"] },
      leftOut: [{ what: "Already have a thumbnail", count: 52 }],
    };
    expect(runToText({ ...planned, summary }, { apply: false, isScan: false }).split("\n")).toEqual([
      "Run 7: Backfill thumbnails, planned",
      "  Already have a thumbnail: 52",
      "  Bytes: 2\u202fMB",
      "  S3 calls: 2\u202f400",
      "  Cost: $0.0125, at most $0.50",
      "  Conflicts, which will be skipped: 3",
      "    a.png has changed since",
      "    b.png is gone",
      "1\u202f200 items planned. Nothing has changed; add --apply to carry it out.",
    ]);
  });

  test("spells out what a name holds that would steer a terminal or make lines", () => {
    const conflicts = { count: 1, sample: ["a\u001b[2J\u202egnp.exe\nRun 8: succeeded: is gone"] };
    const failures = [{ errorClass: "gone", count: 1, sample: "b\u009b31m.png is gone" }];
    const text = runToText({ ...planned, summary: { conflicts } }, { apply: false, isScan: false });
    expect(text.split("\n")[2]).toBe("    a<U+001B>[2J<U+202E>gnp.exe<U+000A>Run 8: succeeded: is gone");
    const after = runToText({ ...planned, status: "succeeded", failures }, { apply: true, isScan: false });
    expect(after.split("\n")[2]).toBe("  gone (1): b<U+009B>31m.png is gone");
  });

  test("says a state as pages do", () => {
    const text = runToText({ ...planned, status: "pending" }, { apply: true, isScan: false });
    expect(text.split("\n")[0]).toBe("Run 7: Backfill thumbnails, waiting for a worker");
  });

  test.each([
    ["planned", "Nothing has changed; run 7 can be applied in the console."],
    ["paused", "Someone paused it.\nRun 7 goes on once it is resumed in the console."],
    ["running", "Interrupted. Run 7 goes on where it stopped when a worker runs (npm run worker)."],
  ] as const)("says how a %s run that was to be applied goes on", (status, sentence) => {
    expect(runToText({ ...planned, status }, { apply: true, isScan: false })).toContain(sentence);
  });

  test("says why a run paused itself, in words and as JSON", () => {
    const run = { ...planned, status: "paused" as const, pauseReason: "The budget of $1.00 is spent." };
    expect(runToText(run, { apply: true, isScan: false }).split("\n").slice(-2)).toEqual([
      "Paused: The budget of $1.00 is spent.",
      "Run 7 goes on once it is resumed in the console.",
    ]);
    expect(runToJson(run)).toMatchObject({ status: "paused", pauseReason: "The budget of $1.00 is spent." });
  });
});
