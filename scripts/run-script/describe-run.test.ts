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
      usd: 0.0125,
      conflicts: { count: 3, sample: ["a.png has changed since", "b.png is gone"] },
      facts: [{ label: "Already have a thumbnail", value: "52" }],
    };
    expect(runToText({ ...planned, summary }, { apply: false, isScan: false }).split("\n")).toEqual([
      "Run 7: Backfill thumbnails, planned",
      "  Bytes: 2,003,000",
      "  S3 calls: 2,400",
      "  Cost: $0.0125",
      "  Conflicts, which will be skipped: 3",
      "    a.png has changed since",
      "    b.png is gone",
      "  Already have a thumbnail: 52",
      "1,200 items planned. Nothing has changed; add --apply to carry it out.",
    ]);
  });

  test("prints a price once where the kind words it itself", () => {
    const summary = { usd: 0.0125, facts: [{ label: "Quote", value: "$0.0125" }] };
    expect(runToText({ ...planned, summary }, { apply: false, isScan: false }).match(/0\.0125/g)).toHaveLength(1);
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
