import { expect, test } from "vitest";
import type { Earlier } from "~/features/monitoring/check";
import { judgeRun } from "./judge-label-run";
import type { RunReading } from "./label-run-reading";
import { judgeRuns } from "./labeling-progress.server";

const at = new Date("2026-11-29T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(at.getTime() - minutes * 60_000);

const run = (more: Partial<RunReading> = {}): RunReading => ({
  runId: 12,
  status: "running",
  planned: 10_000,
  done: 4_000,
  succeeded: 4_000,
  failed: 0,
  pace: 1,
  spentUsd: 4,
  budgetUsd: 20,
  maxCallUsd: 0.01,
  waiting: null,
  pauseReason: null,
  pausedUntil: null,
  error: null,
  ...more,
});

/** Measurements each half hour, the newest first, of a run that had done so many. */
const past = (done: number[], more: (back: number) => Partial<RunReading> = () => ({}), slow: number[] = []) =>
  done.map(
    (images, back): Earlier<{ runs: RunReading[] }> => ({
      at: minutesAgo(30 * (back + 1)),
      reading: { runs: [run({ done: images, succeeded: images, ...more(back) })] },
      troubles: slow.includes(back) ? ["slow:run 12"] : [],
    }),
  );

const steady = [3_000, 2_000, 1_000, 0];
const quota = { status: "paused", pauseReason: "The quota of 1,000 requests a day is used up." } as const;

test.each([
  ["just begun", run({ done: 0, succeeded: 0, pace: null }), [], "healthy"],
  ["goes as usual", run(), past(steady), "healthy"],
  ["a bit slower than usual", run({ done: 3_600, pace: 0.6 }), past(steady), "healthy"],
  ["half as fast and less", run({ done: 3_400, succeeded: 3_400, pace: 0.2 }), past(steady), "slow"],
  ["a slow minute within a good half hour", run({ pace: 0.1 }), past(steady), "healthy"],
  ["resumed five minutes ago", run({ done: 3_150, succeeded: 3_150, pace: 1 }), past(steady), "healthy"],
  ["no usual pace known yet", run({ done: 2_100, succeeded: 2_100, pace: 0.1 }), past([2_000, 1_000]), "healthy"],
  [
    "was slow, and is at 55 %",
    run({ done: 3_700, succeeded: 3_700, pace: 0.55 }),
    past([3_200, 3_000, 2_000, 1_000, 0], (back) => ({ pace: back === 0 ? 0.1 : 1 }), [0]),
    "slow",
  ],
  [
    "was slow, and is at 70 %",
    run({ done: 4_400, succeeded: 4_400, pace: 0.7 }),
    past([3_200, 3_000, 2_000, 1_000, 0], (back) => ({ pace: back === 0 ? 0.1 : 1 }), [0]),
    "healthy",
  ],
  ["nothing ended in half an hour", run({ done: 3_000, succeeded: 3_000 }), past(steady), "stalled"],
  [
    "nothing ended, and it waits for the model",
    run({ done: 3_000, succeeded: 3_000, waiting: "Gemini is overloaded." }),
    past(steady),
    "stalled",
  ],
  ["no worker ever took it", run({ status: "pending", done: 0, succeeded: 0, pace: null }), past([0]), "stalled"],
  [
    "resumed after a night of pause",
    run({ done: 3_000, succeeded: 3_000 }),
    past(steady, (back) => (back === 0 ? quota : {})),
    "healthy",
  ],
  ["fewer answers than before", run({ done: 2_500, succeeded: 2_500 }), past(steady), "regressed"],
  [
    "retried failures have no outcome for now",
    run({ done: 3_900, succeeded: 3_900 }),
    past([3_950], () => ({ succeeded: 3_900 })),
    "healthy",
  ],
  ["will take more than its budget", run({ spentUsd: 9 }), past(steady), "over budget"],
  ["a tenth above its budget is a guess", run({ spentUsd: 8.7 }), past(steady), "healthy"],
  [
    "a few images tell nothing of the cost",
    run({ done: 19, succeeded: 19, planned: 150, spentUsd: 15 }),
    [],
    "healthy",
  ],
  [
    "paused at its budget",
    run({ status: "paused", pauseReason: "The budget is spent.", spentUsd: 19.995 }),
    past(steady),
    "over budget",
  ],
  [
    "paused because its key was refused",
    run({ status: "paused", pauseReason: "Gemini refused the key." }),
    past(steady),
    "stalled",
  ],
  ["paused by a person, for days", run({ status: "paused" }), past([4_000, 4_000, 4_000]), "paused"],
  [
    "paused for the quota of a day",
    run({ ...quota, pausedUntil: at.getTime() + 8 * 3_600_000 }),
    past([4_000, 4_000], () => quota),
    "waiting",
  ],
  [
    "the quota was renewed 20 minutes ago",
    run({ ...quota, pausedUntil: minutesAgo(20).getTime() }),
    past([4_000]),
    "waiting",
  ],
  [
    "the quota was renewed an hour ago",
    run({ ...quota, pausedUntil: minutesAgo(60).getTime() }),
    past([4_000]),
    "stalled",
  ],
  ["at its end", run({ status: "succeeded", done: 10_000, succeeded: 10_000 }), past(steady), "finished"],
  ["canceled", run({ status: "cancelled" }), past(steady), "finished"],
  ["stopped with an error", run({ status: "failed", error: "An example is gone." }), past(steady), "failed"],
])("%s", (_case, now, before, verdict) => {
  expect(judgeRun(now, at, before).verdict).toBe(verdict);
});

test.each([
  [
    run(),
    past(steady),
    "Label run 12 has done 4\u202f000 of 10\u202f000 images at 1/s, usually 1/s; 1\u202fh 40\u202fmin left.",
  ],
  [
    run({ done: 3_000, succeeded: 3_000 }),
    past(steady),
    "Label run 12 stands at 3\u202f000 of 10\u202f000 images; nothing has ended for 30\u202fmin 0\u202fs. Is a worker running?",
  ],
  [
    run({ spentUsd: 9 }),
    past(steady),
    "Label run 12 will take about $22.50 at $0.0023 an image, and its budget is $20.00.",
  ],
  [
    run({ ...quota, pausedUntil: minutesAgo(60).getTime() }),
    [],
    "Label run 12 stands at 4\u202f000 of 10\u202f000 images, though what it waited for is over since 29 Nov 2026, 11:00:00 UTC. Resume it.",
  ],
])("says what is so and what to do", (now, before, sentence) => {
  expect(judgeRun(now, at, before).sentence).toBe(sentence);
});

test("of several runs the worst gives the verdict, and each that needs someone has its trouble", () => {
  const other = run({ runId: 13, status: "paused", pauseReason: "Gemini refused the key." });
  const before = past([3_000]);
  const judged = judgeRuns([run(), other], at, before);
  expect(judged).toMatchObject({ verdict: "stalled", level: "bad", value: 2 * (1_000 + 4_000) });
  expect(judged.troubles?.map(({ verdict, about, link }) => [verdict, about, link])).toEqual([
    ["stalled", "run 13", "/label-runs/13?tab=progress"],
  ]);
  expect(judgeRuns([], at, before)).toEqual({
    verdict: "idle",
    level: "ok",
    sentence: "No label run is under way.",
    value: 0,
  });
});
