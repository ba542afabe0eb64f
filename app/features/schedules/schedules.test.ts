import { expect, test } from "vitest";
import { z } from "zod";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { openTestPorts } from "../../../tests/support/world/nowhere";
import { slotsBetween } from "./cron.server";
import { fireSlot } from "./fire-slot.server";
import { listSchedules } from "./list-schedules.server";
import { registerSchedules } from "./register-schedules.server";
import { defineSchedule } from "./schedule";
import { acknowledgeMissed, runScheduleNow, setScheduleEnabled } from "./steer-schedule.server";

const actor = { id: "operator:1", name: "Mina" };
const look = defineJob({
  kind: "look",
  title: "Look around",
  payload: z.object({ far: z.boolean() }),
  lane: "bulk",
  chunkSize: 1,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 1, baseMs: 1, maxMs: 1 },
  itemTimeoutMs: 60_000,
  guard: null,
});
const jobs = toJobs([
  pair(look, {
    async *plan() {
      yield [{ subject: "there" }];
      return {};
    },
    apply: async () => ({ outcome: "succeeded" }),
  }),
]);
const everyHalfHour = defineSchedule({
  id: "look",
  definition: look,
  payload: { far: true },
  cron: "*/30 * * * *",
  timeZone: "UTC",
});
const HOUR = 3_600_000;

/** The first slot after the ports' now. */
const nextSlotOf = (now: Date) => new Date((Math.floor(now.getTime() / (HOUR / 2)) + 1) * (HOUR / 2));

test("one slot makes one run, however many schedulers fire it", async () => {
  const ports = await openTestPorts();
  await registerSchedules(ports, [everyHalfHour]);
  const slot = nextSlotOf(ports.clock.now());
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => fireSlot(ports, everyHalfHour, slot)));
  expect(outcomes.filter((outcome) => "runId" in outcome)).toHaveLength(1);
  expect(await ports.db.jobRun.findMany({ select: { slot: true, scheduleId: true, autoApply: true } })).toEqual([
    { slot, scheduleId: "look", autoApply: true },
  ]);
});

test("a slot whose predecessor still runs is skipped, and is not called missed", async () => {
  const ports = await openTestPorts();
  await registerSchedules(ports, [everyHalfHour]);
  const slot = nextSlotOf(ports.clock.now());
  await fireSlot(ports, everyHalfHour, slot);
  const second = new Date(slot.getTime() + HOUR / 2);
  expect(await fireSlot(ports, everyHalfHour, second)).toEqual({ skipped: "still-running" });
  expect((await ports.db.schedule.findFirstOrThrow()).lastSlot).toEqual(second);
});

test.each([
  ["one that paused itself is cancelled, and the new one takes its place", "The store cannot be reached.", "cancelled"],
  ["one that a person paused stays, and the slot is skipped", null, "paused"],
])("a slot whose predecessor is paused: %s", async (_case, pauseReason, expected) => {
  const ports = await openTestPorts();
  await registerSchedules(ports, [everyHalfHour]);
  const slot = nextSlotOf(ports.clock.now());
  await fireSlot(ports, everyHalfHour, slot);
  const first = await ports.db.jobRun.findFirstOrThrow();
  await ports.db.jobRun.update({ where: { id: first.id }, data: { status: "paused", pauseReason } });
  const outcome = await fireSlot(ports, everyHalfHour, new Date(slot.getTime() + HOUR / 2));
  expect("runId" in outcome).toBe(expected === "cancelled");
  const after = await ports.db.jobRun.findUniqueOrThrow({ where: { id: first.id } });
  expect([after.status, after.pauseReason]).toEqual([expected, null]);
  const events = await ports.db.auditEvent.findMany({ where: { action: "run.cancel" } });
  const reason = `It had paused itself, and run ${first.id + 1} takes its place.`;
  expect(events.map(({ actor, subject, detail }) => [actor, subject, JSON.parse(detail)])).toEqual(
    expected === "cancelled" ? [["schedule:look", `run:${first.id}`, { reason }]] : [],
  );
});

test("a schedule whose first items fail every night reaches those behind them", async () => {
  const ports = await openTestPorts();
  const definition = { ...look, chunkSize: 500, itemConcurrency: 4 };
  const handler: ItemHandler<{ far: boolean }> = {
    async *plan() {
      yield Array.from({ length: 500 }, (_, n) => ({ subject: String(n), before: null }));
      return {};
    },
    apply: async (_ports, { subject }) =>
      Number(subject) < 120
        ? { outcome: "failed", errorClass: "s3-denied", error: "The store refused this.", retryable: false }
        : { outcome: "succeeded", after: {} },
  };
  const nightly = { ...everyHalfHour, definition };
  await registerSchedules(ports, [nightly]);
  const slot = nextSlotOf(ports.clock.now());
  const nights: [string, boolean][] = [];
  for (const night of [0, 1, 2]) {
    const fired = await fireSlot(ports, nightly, new Date(slot.getTime() + night * (HOUR / 2)));
    if (!("runId" in fired)) throw new Error(`night ${night} was skipped: ${fired.skipped}`);
    await workOnRun(ports, { definition, handler }, fired.runId, new AbortController().signal);
    const run = await readRun(ports, fired.runId);
    nights.push([run?.status ?? "none", run?.succeeded === 380]);
  }
  // The third night knows from the second that so many may fail.
  expect(nights).toEqual([
    ["paused", false],
    ["succeeded", true],
    ["succeeded", true],
  ]);
});

test("slots that passed while nobody ran are counted at start, and shown until someone takes note", async () => {
  const ports = await openTestPorts();
  await registerSchedules(ports, [everyHalfHour]);
  const first = nextSlotOf(ports.clock.now());
  ports.advance(5 * HOUR);
  await registerSchedules(ports, [everyHalfHour]);
  const [shown] = await listSchedules(ports);
  expect(shown).toMatchObject({ missed: 10, missedSince: first, last: null });
  expect(shown?.next?.getTime()).toBeGreaterThan(first.getTime() - HOUR);
  await registerSchedules(ports, [everyHalfHour]);
  expect((await listSchedules(ports))[0]?.missed).toBe(10);
  await acknowledgeMissed(ports, { id: "look", actor });
  expect((await listSchedules(ports))[0]).toMatchObject({ missed: 0, missedSince: null });
});

test("a disabled schedule fires nothing, and what passed meanwhile is not missed", async () => {
  const ports = await openTestPorts();
  await registerSchedules(ports, [everyHalfHour]);
  await setScheduleEnabled(ports, { id: "look", actor, enabled: false });
  expect(await fireSlot(ports, everyHalfHour, nextSlotOf(ports.clock.now()))).toEqual({ skipped: "disabled" });
  ports.advance(3 * HOUR);
  await registerSchedules(ports, [everyHalfHour]);
  await setScheduleEnabled(ports, { id: "look", actor, enabled: true });
  expect((await listSchedules(ports))[0]).toMatchObject({ enabled: true, missed: 0 });
  expect(await fireSlot(ports, everyHalfHour, nextSlotOf(ports.clock.now()))).toHaveProperty("runId");
});

test("run now starts the schedule's work beside its slots, as the operator", async () => {
  const ports = await openTestPorts();
  await registerSchedules(ports, [everyHalfHour]);
  const { runId } = await runScheduleNow(ports, jobs, { id: "look", actor });
  expect(await ports.db.jobRun.findUnique({ where: { id: runId } })).toMatchObject({
    actor: "operator:1",
    slot: null,
    payload: '{"far":true}',
  });
  expect((await listSchedules(ports))[0]?.last).toMatchObject({ id: runId, status: "planning" });
  await expect(runScheduleNow(ports, jobs, { id: "none", actor })).rejects.toMatchObject({ code: "not-found" });
});

test.each([
  ["UTC", "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z", ["2026-03-29T03:30:00.000Z"]],
  [
    "Europe/Berlin",
    "2026-03-28T00:00:00Z",
    "2026-03-31T00:00:00Z",
    ["2026-03-28T02:30:00.000Z", "2026-03-29T01:30:00.000Z", "2026-03-30T01:30:00.000Z"],
  ],
])("slots at 03:30 follow the time zone %s over a change of the clocks", (timeZone, after, until, expected) => {
  const slots = slotsBetween({ cron: "30 3 * * *", timeZone }, new Date(after), new Date(until));
  expect(slots.map((slot) => slot.toISOString())).toEqual(expected);
});
