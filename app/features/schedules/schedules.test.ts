import { createTask } from "node-cron";
import { expect, test } from "vitest";
import { z } from "zod";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { openTestPorts } from "../../../tests/support/world/nowhere";
import { nextSlot, slotsBetween } from "./cron.server";
import { fireSlot } from "./fire-slot.server";
import { keepSlots } from "./keep-slots.server";
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
const MINUTE = 60_000;

/** The first slot after the ports' now. */
const nextSlotOf = (now: Date) => new Date((Math.floor(now.getTime() / (HOUR / 2)) + 1) * (HOUR / 2));

/** Fires a slot as a worker does that has just looked. */
async function fire(ports: Parameters<typeof fireSlot>[0], schedule: Parameters<typeof fireSlot>[1], slot: Date) {
  const { lastSlot } = await ports.db.schedule.findUniqueOrThrow({ where: { id: schedule.id } });
  return fireSlot(ports, schedule, { slot, after: lastSlot });
}

test("one slot makes one run, however many schedulers fire it", async () => {
  const ports = await openTestPorts();
  await registerSchedules(ports, [everyHalfHour]);
  const slot = nextSlotOf(ports.clock.now());
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => fire(ports, everyHalfHour, slot)));
  expect(outcomes.filter((outcome) => "runId" in outcome)).toHaveLength(1);
  expect(await ports.db.jobRun.findMany({ select: { slot: true, scheduleId: true, autoApply: true } })).toEqual([
    { slot, scheduleId: "look", autoApply: true },
  ]);
});

test("a slot at which nothing is due makes no run, and is no missed one", async () => {
  const ports = await openTestPorts();
  let isDue = false;
  const schedule = { ...everyHalfHour, isDue: async () => isDue };
  await registerSchedules(ports, [schedule]);
  const first = nextSlotOf(ports.clock.now());
  expect(await fire(ports, schedule, first)).toEqual({ skipped: "nothing-due" });
  expect(await ports.db.schedule.findFirstOrThrow()).toMatchObject({ lastSlot: first, missed: 0 });
  expect(await ports.db.jobRun.count()).toBe(0);
  isDue = true;
  expect(await fire(ports, schedule, new Date(first.getTime() + HOUR / 2))).toMatchObject({
    runId: expect.any(Number),
  });
});

test("a slot that was found due before the clock was set back is left alone, so that no slot goes unaccounted", async () => {
  const ports = await openTestPorts();
  const { db, clock } = ports;
  await registerSchedules(ports, [everyHalfHour]);
  const slot = nextSlotOf(clock.now());
  const { lastSlot: after } = await db.schedule.findFirstOrThrow();
  const setBackTo = new Date(after.getTime() - 10 * HOUR);
  await db.schedule.updateMany({ data: { lastSlot: setBackTo } });
  expect(await fireSlot(ports, everyHalfHour, { slot, after })).toEqual({ skipped: "fired" });
  expect((await db.schedule.findFirstOrThrow()).lastSlot).toEqual(setBackTo);
  expect(await db.jobRun.count()).toBe(0);
});

test("a slot whose predecessor still runs is skipped, and is not called missed", async () => {
  const ports = await openTestPorts();
  await registerSchedules(ports, [everyHalfHour]);
  const slot = nextSlotOf(ports.clock.now());
  await fire(ports, everyHalfHour, slot);
  const second = new Date(slot.getTime() + HOUR / 2);
  expect(await fire(ports, everyHalfHour, second)).toEqual({ skipped: "still-running" });
  expect((await ports.db.schedule.findFirstOrThrow()).lastSlot).toEqual(second);
});

test.each([
  ["one that paused itself is cancelled, and the new one takes its place", "The store cannot be reached.", "cancelled"],
  ["one that a person paused stays, and the slot is skipped", null, "paused"],
])("a slot whose predecessor is paused: %s", async (_case, pauseReason, expected) => {
  const ports = await openTestPorts();
  await registerSchedules(ports, [everyHalfHour]);
  const slot = nextSlotOf(ports.clock.now());
  await fire(ports, everyHalfHour, slot);
  const first = await ports.db.jobRun.findFirstOrThrow();
  await ports.db.jobRun.update({ where: { id: first.id }, data: { status: "paused", pauseReason } });
  const outcome = await fire(ports, everyHalfHour, new Date(slot.getTime() + HOUR / 2));
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
    const fired = await fire(ports, nightly, new Date(slot.getTime() + night * (HOUR / 2)));
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

/** Ports whose clock stands some minutes after a slot. */
async function openPortsAt(minutes: number) {
  const ports = await openTestPorts();
  const now = ports.clock.now();
  ports.advance(nextSlotOf(now).getTime() - now.getTime() + minutes * MINUTE);
  return ports;
}

test("slots that passed while nobody ran are counted at start, and shown until someone takes note", async () => {
  const ports = await openPortsAt(10);
  await registerSchedules(ports, [everyHalfHour]);
  const first = nextSlotOf(ports.clock.now());
  ports.advance(5 * HOUR);
  await registerSchedules(ports, [everyHalfHour]);
  await keepSlots(ports, everyHalfHour);
  const [shown] = await listSchedules(ports);
  expect(shown).toMatchObject({ missed: 10, missedSince: first, last: null });
  expect(shown?.next).toEqual(nextSlotOf(ports.clock.now()));
  await keepSlots(ports, everyHalfHour);
  expect((await listSchedules(ports))[0]?.missed).toBe(10);
  await acknowledgeMissed(ports, { id: "look", actor });
  expect((await listSchedules(ports))[0]).toMatchObject({ missed: 0, missedSince: null });
});

test("a disabled schedule fires nothing, and what passed meanwhile is not missed", async () => {
  const ports = await openTestPorts();
  await registerSchedules(ports, [everyHalfHour]);
  await setScheduleEnabled(ports, { id: "look", actor, enabled: false });
  expect(await fire(ports, everyHalfHour, nextSlotOf(ports.clock.now()))).toEqual({ skipped: "disabled" });
  ports.advance(3 * HOUR);
  expect(await keepSlots(ports, everyHalfHour)).toEqual([]);
  await setScheduleEnabled(ports, { id: "look", actor, enabled: true });
  expect((await listSchedules(ports))[0]).toMatchObject({ enabled: true, missed: 0 });
  expect(await fire(ports, everyHalfHour, nextSlotOf(ports.clock.now()))).toHaveProperty("runId");
});

test("a slot is run by a worker that comes to it within a minute, however long it stood still before", async () => {
  const ports = await openPortsAt(-10);
  await registerSchedules(ports, [everyHalfHour]);
  const first = nextSlotOf(ports.clock.now());
  await keepSlots(ports, everyHalfHour);
  expect(await ports.db.jobRun.count()).toBe(0);
  ports.advance(3 * HOUR + 10 * MINUTE + 30_000);
  expect(await keepSlots(ports, everyHalfHour)).toHaveLength(6);
  expect(await ports.db.jobRun.findMany({ select: { slot: true } })).toEqual([
    { slot: new Date(first.getTime() + 3 * HOUR) },
  ]);
  expect((await listSchedules(ports))[0]).toMatchObject({ missed: 6, missedSince: first });
});

test("40 days without a worker are worked out in short writes, and counted to the last slot", async () => {
  const ports = await openPortsAt(10);
  await registerSchedules(ports, [everyHalfHour]);
  ports.advance(40 * 24 * HOUR);
  // Two workers start at once: each slot counts once.
  const counted = await Promise.all([keepSlots(ports, everyHalfHour), keepSlots(ports, everyHalfHour)]);
  expect(counted.flat()).toHaveLength(1_920);
  expect((await listSchedules(ports))[0]?.missed).toBe(1_920);
});

test("a schedule that a clock ahead has fired goes on from now once it is right, and an alert says so", async () => {
  const ports = await openPortsAt(-10);
  await registerSchedules(ports, [everyHalfHour]);
  const start = ports.clock.now();
  const first = nextSlotOf(start);
  const YEAR = 365 * 24 * HOUR;
  ports.advance(YEAR + 10 * MINUTE);
  await keepSlots(ports, everyHalfHour);
  const ahead = await ports.db.jobRun.findMany({ select: { slot: true } });
  expect(ahead).toEqual([{ slot: new Date(first.getTime() + YEAR) }]);
  await ports.db.jobRun.updateMany({ data: { status: "succeeded" } });

  ports.advance(40 * MINUTE - YEAR);
  expect(await keepSlots(ports, everyHalfHour)).toEqual([]);
  // Of the year of slots that seemed to have been missed, these two were.
  expect((await listSchedules(ports))[0]).toMatchObject({ missed: 2, missedSince: first });
  const alerts = await ports.db.alert.findMany();
  expect(alerts.map(({ cause, root, sentence }) => [cause, root, sentence.slice(0, 45)])).toEqual([
    ["clock:slots:look", "Clock", "The clock was ahead: “Look around” had run fo"],
  ]);
  ports.advance(20 * MINUTE + 1_000);
  await keepSlots(ports, everyHalfHour);
  expect(await ports.db.jobRun.count()).toBe(2);
});

test("a time that the clock sees twice is run once", async () => {
  const ports = await openPortsAt(0.5);
  await registerSchedules(ports, [everyHalfHour]);
  const [, second, third] = [0, 1, 2].map((n) => new Date(nextSlotOf(ports.clock.now()).getTime() + n * (HOUR / 2)));
  const keepAt = async (at: Date) => {
    ports.advance(at.getTime() - ports.clock.now().getTime() + 1_000);
    await keepSlots(ports, everyHalfHour);
    await ports.db.jobRun.updateMany({ data: { status: "succeeded" } });
    return ports.db.jobRun.count();
  };
  if (!second || !third) throw new Error("no slots");
  expect([await keepAt(second), await keepAt(new Date(second.getTime() - HOUR)), await keepAt(second)]).toEqual([
    1, 1, 1,
  ]);
  expect(await keepAt(third)).toBe(2);
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
  const slots = [...slotsBetween({ cron: "30 3 * * *", timeZone }, new Date(after), new Date(until))];
  expect(slots.map((slot) => slot.toISOString())).toEqual(expected);
});

test.each([
  ["that the clocks leave out has none", "30 2 * * *", "Europe/Berlin", "2026-03-29", 0],
  ["that they repeat has one", "30 2 * * *", "Europe/Berlin", "2026-10-25", 1],
  ["of every hour has each, also one that they repeat", "*/30 * * * *", "Europe/Berlin", "2026-10-25", 48],
  ["in a zone of three quarters of an hour", "45 5 * * *", "Asia/Kathmandu", "2026-11-29", 1],
  ["of Sundays only, on a Sunday", "0 4 * * 0", "UTC", "2026-11-29", 1],
  ["of Sundays only, on a Monday", "0 4 * * 0", "UTC", "2026-11-30", 0],
  ["of a month's last day", "0 4 L * *", "UTC", "2026-11-30", 1],
])("a time %s", (_case, cron, timeZone, day, expected) => {
  const from = Date.parse(`${day}T00:00:00Z`) - MINUTE;
  const slots = [...slotsBetween({ cron, timeZone }, new Date(from), new Date(from + 24 * HOUR))];
  expect(slots).toHaveLength(expected);
  for (const slot of slots) expect(nextSlot({ cron, timeZone }, new Date(slot.getTime() - 1))).toEqual(slot);
});

test("a month of slots agrees with what node-cron matches", () => {
  const cron = { cron: "*/20 9-17 * * 1-5", timeZone: "America/New_York" };
  const [from, until] = [new Date("2026-01-01T00:00:00Z"), new Date("2026-02-01T00:00:00Z")];
  const task = createTask(cron.cron, () => {}, { timezone: cron.timeZone });
  const own: string[] = [];
  for (let time = from.getTime() + 5 * MINUTE; time <= until.getTime(); time += 5 * MINUTE) {
    if (task.match(new Date(time))) own.push(new Date(time).toISOString());
  }
  expect([...slotsBetween(cron, from, until)].map((slot) => slot.toISOString())).toEqual(own);
});
