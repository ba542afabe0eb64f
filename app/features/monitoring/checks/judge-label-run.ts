import type { z } from "zod";
import { count, dollars, duration, exactTime, plural, rate } from "~/features/format";
import { type Earlier, type Trouble, troubleOf } from "~/features/monitoring/check";
import type { labelingReading, RunReading } from "./label-run-reading";

type Before = Earlier<z.infer<typeof labelingReading>>;

/** How a label run gets on, the worst first. The first five need someone. */
export const runVerdicts = [
  "failed",
  "stalled",
  "regressed",
  "over budget",
  "slow",
  "healthy",
  "waiting",
  "paused",
  "finished",
] as const;
export type RunVerdict = (typeof runVerdicts)[number];

const MINUTE_MS = 60_000;
/** Checks are half an hour apart: in the time from one to the next an image ends, or the run is stalled. */
const STALLED_AFTER_MS = 25 * MINUTE_MS;
/** So long after a quota was renewed a run may still be paused without anyone being told. */
const GRACE_MS = 30 * MINUTE_MS;
/** A run is slow below half of its usual pace, and no longer so from three fifths of it on: so that it does not flicker. */
const SLOW = 0.5;
const RECOVERED = 0.6;
/** Measurements of a usual pace that it takes to know it. */
const KNOWN_AFTER = 2;
/** What a run will cost is told from a tenth of its images, 20 at least; a tenth more than its budget is no guess any more. */
const TELLING = { share: 0.1, images: 20, over: 1.1 };

/** “run 12”: what a trouble is about. */
const aboutRun = ({ runId }: Pick<RunReading, "runId">) => `run ${runId}`;

/**
 * How a label run gets on, by what it did since it was looked at before.
 * @param before former measurements, the newest first
 */
export function judgeRun(
  run: RunReading,
  at: Date,
  before: readonly Before[],
): { verdict: RunVerdict; sentence: string } {
  const name = `Label run ${run.runId}`;
  const say = (verdict: RunVerdict, sentence: string) => ({ verdict, sentence: `${name} ${sentence}` });
  const done = `${count(run.done)} of ${plural(run.planned, "image")}`;
  const failed = run.failed === 0 ? "" : `, ${count(run.failed)} failed`;
  switch (run.status) {
    case "succeeded":
      return say("finished", `is finished: ${done}${failed}.`);
    case "cancelled":
      return say("finished", `was canceled after ${done}${failed}.`);
    case "failed":
      return say("failed", `stopped with an error after ${done}: ${run.error ?? "it gave none"}`);
    case "paused":
      return judgePaused(run, at, say, done);
    default:
      return judgeWorking(run, at, historyOf(run.runId, before), say, done);
  }
}

type Say = (verdict: RunVerdict, sentence: string) => { verdict: RunVerdict; sentence: string };

function judgePaused(run: RunReading, at: Date, say: Say, done: string) {
  const { pauseReason, pausedUntil } = run;
  if (pauseReason === null) return say("paused", `is paused by a person at ${done}.`);
  if (pausedUntil !== null) {
    const isRenewed = at.getTime() > pausedUntil + GRACE_MS;
    if (!isRenewed) return say("waiting", `waits at ${done}: ${pauseReason}`);
    const since = exactTime(new Date(pausedUntil));
    return say("stalled", `stands at ${done}, though what it waited for is over since ${since}. Resume it.`);
  }
  const verdict = isSpent(run) ? "over budget" : "stalled";
  return say(verdict, `paused itself at ${done}: ${pauseReason}`);
}

/** Its budget has no room left for a call. */
const isSpent = ({ budgetUsd, spentUsd, maxCallUsd }: RunReading) =>
  budgetUsd !== null && spentUsd + maxCallUsd > budgetUsd;

type Past = { at: Date; run: RunReading; wasSlow: boolean };

const historyOf = (runId: number, before: readonly Before[]): Past[] =>
  before.flatMap(({ at, reading, troubles }) =>
    reading.runs
      .filter((run) => run.runId === runId)
      .map((run) => ({ at, run, wasSlow: troubles.includes(troubleOf({ verdict: "slow", about: aboutRun(run) })) })),
  );

function judgeWorking(run: RunReading, at: Date, past: Past[], say: Say, done: string) {
  const most = Math.max(0, ...past.map((one) => one.run.succeeded));
  if (run.succeeded < most) {
    const lost = plural(most - run.succeeded, "answer");
    return say(
      "regressed",
      `has ${lost} fewer than before (${count(run.succeeded)}, not ${count(most)}). Was a backup restored?`,
    );
  }
  const stoodMs = standsFor(run, at, past);
  if (stoodMs >= STALLED_AFTER_MS) {
    const waits = run.waiting === null ? "Is a worker running?" : `It waits: ${run.waiting}`;
    return say("stalled", `stands at ${done}; nothing has ended for ${duration(stoodMs / 1_000)}. ${waits}`);
  }
  const foreseen = foreseeUsd(run);
  if (foreseen !== null && run.budgetUsd !== null && foreseen > run.budgetUsd * TELLING.over) {
    const budget = `its budget is ${dollars(run.budgetUsd)}`;
    return say(
      "over budget",
      `will take about ${dollars(foreseen)} at ${dollars(run.spentUsd / run.done)} an image, and ${budget}.`,
    );
  }
  const usual = usualPaces(past);
  const now = { pace: run.pace, rate: rateSince(run, at, past[0]) };
  const limit = past[0]?.wasSlow ? RECOVERED : SLOW;
  // Both: a run that was resumed a minute ago has a low rate, and a minute may be slow by chance.
  if (
    usual &&
    now.pace !== null &&
    now.rate !== null &&
    now.pace < usual.pace * limit &&
    now.rate < usual.rate * limit
  ) {
    return say("slow", `has done ${done} at ${rate(now.pace)}, usually ${rate(usual.pace)}.`);
  }
  const pace = run.pace === null ? "" : ` at ${rate(run.pace)}${usual ? `, usually ${rate(usual.pace)}` : ""}`;
  const left = run.pace ? `; ${duration((run.planned - run.done) / run.pace)} left` : "";
  return say("healthy", `has done ${done}${pace}${left}.`);
}

/** For how long nothing has ended, as far as it was looked at, in ms. */
function standsFor(run: RunReading, at: Date, past: Past[]): number {
  const standing = past.findIndex((one) => one.run.done !== run.done || one.run.status === "paused");
  const since = past[(standing === -1 ? past.length : standing) - 1];
  return since ? at.getTime() - since.at.getTime() : 0;
}

/** What all of its images will take at what each took so far; null: too few to tell. */
function foreseeUsd({ done, planned, spentUsd }: RunReading): number | null {
  return done >= Math.max(planned * TELLING.share, TELLING.images) ? (spentUsd / done) * planned : null;
}

/** Images a second from one look to the next; null: there was none before, or the clock went back. */
function rateSince(run: RunReading, at: Date, before: Past | undefined): number | null {
  const seconds = before ? (at.getTime() - before.at.getTime()) / 1_000 : 0;
  return before && seconds > 0 ? Math.max(run.done - before.run.done, 0) / seconds : null;
}

/** The median of what the run did while it was not slow; null: not known yet. */
function usualPaces(past: Past[]): { pace: number; rate: number } | null {
  const steps = past.flatMap((one, index) => {
    const rateThen = rateSince(one.run, one.at, past[index + 1]);
    return one.wasSlow || one.run.pace === null || !rateThen ? [] : [{ pace: one.run.pace, rate: rateThen }];
  });
  if (steps.length < KNOWN_AFTER) return null;
  return { pace: median(steps.map((step) => step.pace)), rate: median(steps.map((step) => step.rate)) };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** What of a run's verdict someone must see; null: nothing. */
export function troubleOfRun(
  run: RunReading,
  { verdict, sentence }: { verdict: RunVerdict; sentence: string },
): Trouble | null {
  const severity = severities[verdict];
  if (severity === null) return null;
  return { verdict, about: aboutRun(run), severity, sentence, link: `/label-runs/${run.runId}?tab=progress` };
}

const severities: Record<RunVerdict, Trouble["severity"] | null> = {
  failed: "error",
  stalled: "error",
  regressed: "error",
  "over budget": "warning",
  slow: "warning",
  healthy: null,
  waiting: null,
  paused: null,
  finished: null,
};
