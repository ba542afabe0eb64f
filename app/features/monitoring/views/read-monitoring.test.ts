import { expect, test } from "vitest";
import { z } from "zod";
import { type Check, defineCheck, type Level } from "~/features/monitoring/check";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { readMonitoring } from "./read-monitoring.server";

const now = new Date("2026-11-29T12:00:00Z");
const clock = { now: () => now };
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const check = (name: string): Check =>
  defineCheck<unknown>({
    name,
    title: name,
    unit: "count",
    measures: "what the test says",
    rule: "As the test says.",
    link: "/images",
    reading: z.unknown(),
    measure: async () => null,
    judge: () => ({ verdict: "healthy", level: "ok", sentence: "", value: 0 }),
  });

const row = (name: string, minutes: number, value: number, [verdict, level]: [string, Level] = ["healthy", "ok"]) => ({
  name,
  at: minutesAgo(minutes),
  verdict,
  level,
  value,
  sentence: `${value} of ${name}`,
  reading: "{}",
  alerts: "{}",
});

test("a check that was never measured has nothing to show, and so has a console without measurements", async () => {
  const { db } = await openTestPorts();
  expect(await readMonitoring({ db, clock }, [check("disk")], { days: 1 })).toMatchObject({
    checks: [{ name: "disk", last: null, points: [], alerts: [] }],
    lastAt: null,
    isStale: false,
    isRunning: false,
    asOf: now,
  });
});

test("the newest measurement stands, since the first in a row that came to its verdict, with its open alerts", async () => {
  const { db } = await openTestPorts();
  const alert = {
    ...{ cause: "check:disk:full", kind: "check", severity: "error", root: "Disk", subject: "", detail: "{}" },
    ...{ openedAt: minutesAgo(60), lastSeenAt: minutesAgo(0) },
  };
  await db.alert.createMany({
    data: [
      { ...alert, id: 1, sentence: "The disk is 95 % full." },
      { ...alert, id: 2, sentence: "The log is full.", closedAt: minutesAgo(10) },
    ],
  });
  await db.check.createMany({
    data: [
      row("disk", 120, 40),
      row("disk", 90, 91, ["full", "bad"]),
      row("disk", 60, 93, ["full", "bad"]),
      { ...row("disk", 30, 95, ["full", "bad"]), alerts: '{"full":1,"full:log":2}' },
      row("slots", 30, 0),
    ],
  });
  const { checks, lastAt, isStale } = await readMonitoring({ db, clock }, [check("disk"), check("slots")], { days: 1 });
  expect([lastAt, isStale]).toEqual([minutesAgo(30), false]);
  expect(checks[0]).toMatchObject({
    last: {
      at: minutesAgo(30),
      verdict: "full",
      level: "bad",
      value: 95,
      sentence: "95 of disk",
      since: minutesAgo(90),
    },
    alerts: [{ id: 1, sentence: "The disk is 95 % full." }],
  });
  expect(checks[0]?.points.map(({ at, value, level }) => [at, value, level])).toEqual([
    [minutesAgo(120), 40, "ok"],
    [minutesAgo(90), 91, "bad"],
    [minutesAgo(60), 93, "bad"],
    [minutesAgo(30), 95, "bad"],
  ]);
  expect(checks[1]).toMatchObject({ last: { verdict: "healthy", since: minutesAgo(30) }, alerts: [] });
});

test("a chart has the last of each of 120 steps, and none from before or after its span", async () => {
  const { db } = await openTestPorts();
  const DAY = 24 * 60;
  await db.check.createMany({
    data: [...Array.from({ length: 48 * 31 }, (_, n) => row("disk", 31 * DAY - n * 30, n)), row("disk", -5, 1_000_000)],
  });
  const { checks } = await readMonitoring({ db, clock }, [check("disk")], { days: 30 });
  const points = checks[0]?.points ?? [];
  expect(points).toHaveLength(120);
  expect(points[0]?.at.getTime()).toBeGreaterThanOrEqual(minutesAgo(30 * DAY).getTime());
  expect(points.at(-1)).toMatchObject({ at: minutesAgo(30), value: 48 * 31 - 1 });
});

test("measurements that are over an hour old are stale", async () => {
  const { db } = await openTestPorts();
  await db.check.createMany({ data: [row("disk", 66, 40), row("gone", 2, 40)] });
  expect(await readMonitoring({ db, clock }, [check("disk")], { days: 1 })).toMatchObject({ isStale: true });
});
