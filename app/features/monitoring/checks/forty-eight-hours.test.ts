import { expect, test } from "vitest";
import { resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { pauseItself } from "~/features/job-runs/pausing/pause-itself.server";
import { dayEnds, renewalWords } from "~/features/model-quotas/pacific-day";
import { measureCheck } from "~/features/monitoring/run-checks/measure-check.server";
import { recordMeasurement } from "~/features/monitoring/run-checks/record-measurement.server";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { checks } from "./registry.server";

const actor = { id: "operator:1", name: "Mina" };
const never = new AbortController().signal;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Seconds of work whose calls are written: the pace is that of the last minute. */
const PACE_SECONDS = 60;

/** A label run over so many images, on a clock of the test's own, beside checks each half hour. */
async function openRun(planned: number, begin: string) {
  const { db, ...others } = await openTestPorts();
  let ms = Date.parse(begin);
  const clock = { now: () => new Date(ms) };
  const ports = { ...others, db, clock };
  const at = clock.now();
  const { id: runId } = await db.jobRun.create({
    data: {
      ...{ kind: "label-run", title: "Label run", lane: 0, status: "running", payload: "{}", planned },
      ...{ actor: "operator:1", actorName: "Mina", createdAt: at, appliedAt: at, startedAt: at },
      chunks: { create: { seq: 0, firstSeq: 0, lastSeq: planned - 1 } },
    },
  });
  const { id: labelRunId } = await db.labelRun.create({
    data: { jobRunId: runId, scope: "{}", budgetUsd: 1_000, createdAt: at },
  });
  await db.image.createMany({
    data: Array.from({ length: PACE_SECONDS }, (_, n) => ({
      ...{ id: n + 1, key: `${n}.png`, etag: "e", bytes: 1n, kind: "reference", modifiedAt: at, createdAt: at },
    })),
  });
  const verdicts: [verdict: string, times: number][] = [];
  const [labelingProgress] = checks;
  if (!labelingProgress) throw new Error("There is no check.");

  return {
    db,
    clock,
    runId,
    /** Time goes by, in which so many images a second get their labels. */
    async work(minutes: number, perSecond: number) {
      ms += minutes * MINUTE_MS;
      const images = Math.round(perSecond * minutes * 60);
      if (images === 0) return;
      await db.jobChunk.updateMany({ where: { runId }, data: { succeeded: { increment: images } } });
      await db.modelCall.createMany({
        data: Array.from({ length: PACE_SECONDS }, (_, n) => ({
          ...{ labelRunId, imageId: n + 1, requestHash: "r", reservedUsd: 0.001, usd: 0.001, outcome: "labelled" },
          ...{ createdAt: clock.now(), finishedAt: new Date(ms - (n / perSecond) * 1_000) },
        })),
      });
    },
    /** Pauses as a run does whose model has answered as often as it may in a day. */
    waitForTomorrow: () =>
      db.$write((tx) => {
        const now = clock.now();
        const reason = `The quota of 3,600 requests a day is used up. It is renewed on ${renewalWords(now)}: resume then.`;
        return pauseItself(tx, runId, { reason, until: dayEnds(now), now });
      }),
    async resume() {
      await resumeRun(ports, { runId, actor });
      await db.jobRun.update({ where: { id: runId }, data: { status: "running" } });
    },
    end: () => db.jobRun.update({ where: { id: runId }, data: { status: "succeeded", finishedAt: clock.now() } }),
    async check() {
      const measurement = await measureCheck(ports, labelingProgress, never);
      await db.$write((tx) => recordMeasurement(tx, labelingProgress, measurement));
      const last = verdicts.at(-1);
      if (last?.[0] === measurement.verdict) last[1] += 1;
      else verdicts.push([measurement.verdict, 1]);
    },
    /** Verdicts in their order, each with how many checks in a row came to it. */
    verdicts,
    /** Alerts as “cause, hour opened to hour closed”. */
    async alerts() {
      const hours = (time: Date | null) => (time ? (time.getTime() - at.getTime()) / HOUR_MS : "open");
      const alerts = await db.alert.findMany({ orderBy: { id: "asc" } });
      return alerts.map(({ cause, openedAt, closedAt }) => `${cause}, ${hours(openedAt)} to ${hours(closedAt)}`);
    },
  };
}

test("48 hours of checks over a run that goes, slows, stalls, resumes and ends: one alert each, closed when over", async () => {
  const { work, check, end, verdicts, alerts, runId } = await openRun(128_880, "2026-11-27T08:15:00Z");
  const go = async (hours: number, perSecond: number) => {
    for (let n = 0; n < hours * 2; n++) {
      await work(30, perSecond);
      await check();
    }
  };
  await go(12, 1);
  await go(6, 0.3);
  await go(4, 0);
  await go(21.5, 1);
  await work(30, 1);
  await end();
  await check();
  await go(4, 0);

  expect(verdicts).toEqual([
    ["healthy", 24],
    ["slow", 12],
    ["stalled", 8],
    ["healthy", 43],
    ["finished", 1],
    ["idle", 8],
  ]);
  expect(await alerts()).toEqual([
    `check:labeling-progress:slow:run ${runId}, 12.5 to 18.5`,
    `check:labeling-progress:stalled:run ${runId}, 18.5 to 22.5`,
  ]);
});

test("48 hours of checks over a run that only waits for the quota of a day: no alert", async () => {
  const { work, check, end, resume, waitForTomorrow, verdicts, alerts } = await openRun(10_800, "2026-11-27T08:15:00Z");
  /** A day's calls within an hour from 08:15 on, then nothing until the quota is renewed at 08:00. */
  const day = async () => {
    await work(30, 1);
    await check();
    await work(30, 1);
    await waitForTomorrow();
    for (let n = 0; n < 46; n++) {
      await check();
      await work(30, 0);
    }
  };
  await day();
  await resume();
  await check();
  await day();
  await resume();
  await work(60, 1);
  await end();
  await check();

  expect(verdicts).toEqual([
    ["healthy", 1],
    ["waiting", 46],
    ["healthy", 2],
    ["waiting", 46],
    ["finished", 1],
  ]);
  expect(await alerts()).toEqual([]);
});

test("a run that no one resumes after its quota was renewed is stalled, half an hour later", async () => {
  const { work, check, resume, waitForTomorrow, verdicts, alerts, runId } = await openRun(
    10_800,
    "2026-11-28T06:15:00Z",
  );
  await work(30, 1);
  await check();
  await waitForTomorrow();
  for (let n = 0; n < 6; n++) {
    await work(30, 0);
    await check();
  }
  await resume();
  await work(30, 1);
  await check();
  expect(verdicts).toEqual([
    ["healthy", 1],
    ["waiting", 3],
    ["stalled", 3],
    ["healthy", 1],
  ]);
  expect(await alerts()).toEqual([`check:labeling-progress:stalled:run ${runId}, 2.5 to 4`]);
});
